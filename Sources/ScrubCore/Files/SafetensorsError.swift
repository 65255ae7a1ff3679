/// Why a file is not a sound safetensors file, or one could not be written.
public enum SafetensorsError: Diagnostic, Hashable {
    case file(FileError)
    case tooShort(path: String, bytes: Int)
    case headerTooLong(path: String, length: UInt64, limit: Int)
    case headerBeyondFile(path: String, length: UInt64, available: Int)
    case notJSON(path: String, JSONError)
    case notAnObject(path: String, found: String)
    case duplicateName(path: String, name: String)
    /// `__metadata__` is not an object of strings.
    case badMetadata(path: String, found: String)
    /// The entry of tensor `name`, or its `field`, is missing or of the wrong kind.
    case badField(path: String, name: String, field: String, expected: String, found: String)
    case unknownType(path: String, name: String, type: String)
    case shapeOverflow(path: String, name: String, sizes: [Int])
    case offsetsReversed(path: String, name: String, begin: Int, end: Int)
    case outside(path: String, name: String, end: Int, available: Int)
    case overlap(path: String, first: String, second: String, begin: Int, end: Int)
    /// Bytes `begin..<end` of the data belong to no tensor.
    case gap(path: String, begin: Int, end: Int)
    case wrongLength(path: String, name: String, bytes: Int, expected: Int, type: String, sizes: [Int])
    /// A tensor to be written holds another number of values than its sizes say.
    case wrongCount(path: String, name: String, values: Int, sizes: [Int])

    public var location: SourceLocation? {
        switch self {
        case .file(let error): error.location
        case .notJSON(_, let error): error.location
        case .tooShort(let path, _), .headerTooLong(let path, _, _), .headerBeyondFile(let path, _, _),
            .notAnObject(let path, _), .duplicateName(let path, _), .badMetadata(let path, _),
            .badField(let path, _, _, _, _), .unknownType(let path, _, _), .shapeOverflow(let path, _, _),
            .offsetsReversed(let path, _, _, _), .outside(let path, _, _, _), .overlap(let path, _, _, _, _),
            .gap(let path, _, _), .wrongLength(let path, _, _, _, _, _), .wrongCount(let path, _, _, _):
            SourceLocation(file: path)
        }
    }

    public var fault: Fault {
        if case .file(let error) = self { error.fault } else { .input }
    }

    public var message: String {
        switch self {
        case .file(let error): error.message
        case .tooShort(_, let bytes):
            "\(bytes) bytes are too few for a safetensors file, which begins with 8 bytes of header length"
        case .headerTooLong(_, let length, let limit):
            "the header's length is given as \(length) bytes, expected at most \(limit)"
        case .headerBeyondFile(_, let length, let available):
            "the header's length is given as \(length) bytes, but only \(available) follow it: "
                + "truncated, or not safetensors"
        case .notJSON(_, let error): "the header is not JSON: \(error.message)"
        case .notAnObject(_, let found): "the header is \(found), expected a JSON object of tensors"
        case .duplicateName(_, let name): "the header names '\(name)' twice"
        case .badMetadata(_, let found): "'__metadata__' must be an object of strings, found \(found)"
        case .badField(_, let name, let field, let expected, let found):
            "tensor '\(name)': expected \(expected) as \(field), found \(found)"
        case .unknownType(_, let name, let type):
            "tensor '\(name)': unknown dtype '\(type)'; known are \(Self.knownTypes)"
        case .shapeOverflow(_, let name, let sizes):
            "tensor '\(name)': shape \(sizes) has more bytes than an address counts"
        case .offsetsReversed(_, let name, let begin, let end):
            "tensor '\(name)': its data begin at byte \(begin) and end at \(end), before that"
        case .outside(_, let name, let end, let available):
            "tensor '\(name)': its data end at byte \(end), but the file holds \(available) bytes of data: truncated?"
        case .overlap(_, let first, let second, let begin, let end):
            "tensors '\(first)' and '\(second)' overlap in bytes \(begin) to \(end) of the data"
        case .gap(_, let begin, let end): "bytes \(begin) to \(end) of the data belong to no tensor"
        case .wrongLength(_, let name, let bytes, let expected, let type, let sizes):
            "tensor '\(name)': \(bytes) bytes of data, expected \(expected) for \(type) of shape \(sizes)"
        case .wrongCount(_, let name, let values, let sizes):
            "tensor '\(name)': \(values) values to write for shape \(sizes)"
        }
    }

    private static var knownTypes: String { SafetensorsHeader.types.map(\.name).joined(separator: ", ") }
}
