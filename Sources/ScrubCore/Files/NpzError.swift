/// Why a file is not a numpy archive (`.npz`) that can be read, or one could not be written.
public enum NpzError: Diagnostic, Hashable {
    case file(FileError)
    /// No zip directory at the end of the file: another format, or truncated.
    case notAnArchive(path: String, bytes: Int)
    case damagedDirectory(path: String, problem: String)
    case duplicateName(path: String, name: String)
    /// A zip feature that numpy does not write.
    case unsupported(path: String, name: String, what: String)
    case damagedEntry(path: String, name: String, problem: String)
    case checksum(path: String, name: String, stored: UInt32, computed: UInt32)
    /// The entry is no `.npy` array of a known version.
    case notAnArray(path: String, name: String, problem: String)
    case unknownType(path: String, name: String, descriptor: String)
    case bigEndian(path: String, name: String, descriptor: String)
    case fortranOrder(path: String, name: String)
    case shapeOverflow(path: String, name: String, sizes: [Int])
    case wrongLength(path: String, name: String, bytes: Int, expected: Int, descriptor: String, sizes: [Int])
    /// An array to be written cannot be.
    case unwritable(path: String, name: String, problem: String)

    public var location: SourceLocation? {
        switch self {
        case .file(let error): error.location
        case .notAnArchive(let path, _), .damagedDirectory(let path, _), .duplicateName(let path, _),
            .unsupported(let path, _, _), .damagedEntry(let path, _, _), .checksum(let path, _, _, _),
            .notAnArray(let path, _, _), .unknownType(let path, _, _), .bigEndian(let path, _, _),
            .fortranOrder(let path, _), .shapeOverflow(let path, _, _), .wrongLength(let path, _, _, _, _, _),
            .unwritable(let path, _, _):
            SourceLocation(file: path)
        }
    }

    public var fault: Fault {
        if case .file(let error) = self { error.fault } else { .input }
    }

    public var message: String {
        switch self {
        case .file(let error): error.message
        case .notAnArchive(_, let bytes):
            "no zip directory at the end of its \(bytes) bytes: not an npz archive, or truncated"
        case .damagedDirectory(_, let problem): "the zip directory is damaged: \(problem)"
        case .duplicateName(_, let name): "the archive has two arrays '\(name)'"
        case .unsupported(_, let name, let what): "array '\(name)': \(what) is not supported; numpy does not write it"
        case .damagedEntry(_, let name, let problem): "array '\(name)' is damaged: \(problem)"
        case .checksum(_, let name, let stored, let computed):
            "array '\(name)' is damaged: CRC \(hexadecimal(computed)), expected \(hexadecimal(stored))"
        case .notAnArray(_, let name, let problem): "array '\(name)' is not in npy format: \(problem)"
        case .unknownType(_, let name, let descriptor):
            "array '\(name)' has dtype '\(descriptor)'; known are "
                + NpyHeader.types.map(\.descriptor).joined(separator: ", ")
        case .bigEndian(_, let name, let descriptor):
            "array '\(name)' has big-endian dtype '\(descriptor)', expected little-endian: "
                + "save it with .astype('<\(descriptor.dropFirst())')"
        case .fortranOrder(_, let name):
            "array '\(name)' is in Fortran order, expected C order: save it with numpy.ascontiguousarray"
        case .shapeOverflow(_, let name, let sizes):
            "array '\(name)': shape \(sizes) has more bytes than an address counts"
        case .wrongLength(_, let name, let bytes, let expected, let descriptor, let sizes):
            "array '\(name)': \(bytes) bytes of data, expected \(expected) for '\(descriptor)' of shape \(sizes)"
        case .unwritable(_, let name, let problem): "array '\(name)' cannot be written: \(problem)"
        }
    }

    private func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
