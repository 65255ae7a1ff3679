/// A numpy archive (`numpy.savez`, `numpy.savez_compressed`): its directory is read when it is opened, an array when
/// it is asked for.
public struct Npz: Sendable {
    public let path: String
    /// Array names in the order of the archive, without `.npy`. Other files in the archive are not arrays and are not
    /// listed.
    public let names: [String]
    private let file: MappedFile
    private let entries: [String: ZipEntry]

    /// - Complexity: O(arrays).
    public init(_ path: String) throws(NpzError) {
        do { file = try MappedFile(path) } catch { throw .file(error) }
        let directory = try file.withBytes { (bytes) throws(NpzError) in try ZipDirectory.read(bytes, path: path) }
        var names: [String] = []
        var entries: [String: ZipEntry] = [:]
        for entry in directory where entry.name.hasSuffix(".npy") {
            let name = String(entry.name.dropLast(4))
            guard entries.updateValue(entry, forKey: name) == nil else { throw .duplicateName(path: path, name: name) }
            names.append(name)
        }
        self.path = path
        self.names = names
        self.entries = entries
    }

    /// The array called `name`, its checksum verified; nil when there is none. A stored array stays in the mapped file.
    ///
    /// - Complexity: O(bytes of the array).
    public subscript(name: String) -> FileArray? {
        get throws(NpzError) {
            guard let entry = entries[name] else { return nil }
            return try file.withBytes { (bytes) throws(NpzError) in try array(name, entry, bytes) }
        }
    }

    private func array(_ name: String, _ entry: ZipEntry, _ bytes: UnsafeRawBufferPointer) throws(NpzError) -> FileArray
    {
        guard entry.flags & 1 == 0 else { throw .unsupported(path: path, name: name, what: "encryption") }
        let range = try extent(name, entry, bytes)
        let packed = UnsafeRawBufferPointer(rebasing: bytes[range])
        switch entry.method {
        case 0:
            guard entry.size == entry.compressed else {
                throw damaged(name, "\(entry.compressed) bytes are stored, expected \(entry.size)")
            }
            try verify(name, entry, packed)
            let header = try NpyHeader(packed, name: name, path: path)
            return FileArray(
                name: name, element: header.element, sizes: header.sizes, count: header.count, path: path,
                storage: .mapped(file, range.lowerBound + header.dataStart..<range.upperBound))
        case 8:
            guard let inflated = Deflate.inflate(packed, size: entry.size) else {
                throw damaged(name, "its \(entry.compressed) compressed bytes do not expand to \(entry.size)")
            }
            let header = try inflated.withBytes { (bytes) throws(NpzError) in
                try verify(name, entry, bytes)
                return try NpyHeader(bytes, name: name, path: path)
            }
            return FileArray(
                name: name, element: header.element, sizes: header.sizes, count: header.count, path: path,
                storage: .owned(inflated, header.dataStart..<inflated.count))
        default:
            throw .unsupported(path: path, name: name, what: "compression method \(entry.method)")
        }
    }

    /// Where the entry's bytes lie in the file: after its local header, whose name and extra field have lengths of
    /// their own.
    private func extent(
        _ name: String, _ entry: ZipEntry, _ bytes: UnsafeRawBufferPointer
    ) throws(NpzError) -> Range<Int> {
        guard entry.header <= bytes.count - 30, bytes.littleEndian(UInt32.self, at: entry.header) == 0x0403_4b50,
            let nameLength = bytes.littleEndian(UInt16.self, at: entry.header + 26),
            let extraLength = bytes.littleEndian(UInt16.self, at: entry.header + 28)
        else { throw damaged(name, "no local header at byte \(entry.header)") }
        let start = entry.header + 30 + Int(nameLength) + Int(extraLength)
        guard start <= bytes.count, entry.compressed <= bytes.count - start else {
            throw damaged(name, "its \(entry.compressed) bytes from byte \(start) go beyond the end of the file")
        }
        return start..<start + entry.compressed
    }

    private func verify(_ name: String, _ entry: ZipEntry, _ bytes: UnsafeRawBufferPointer) throws(NpzError) {
        let computed = Deflate.checksum(bytes)
        guard computed == entry.checksum else {
            throw .checksum(path: path, name: name, stored: entry.checksum, computed: computed)
        }
    }

    private func damaged(_ name: String, _ problem: String) -> NpzError {
        .damagedEntry(path: path, name: name, problem: problem)
    }
}
