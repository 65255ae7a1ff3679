/// A safetensors file, mapped and checked as a whole when it is opened: afterwards every tensor is known to be sound.
public struct Safetensors: Sendable {
    public let path: String
    /// Tensor names, sorted.
    public let names: [String]
    /// The strings under `__metadata__`; empty when there is none.
    public let metadata: [String: String]
    private let arrays: [String: FileArray]

    /// - Complexity: O(header); the tensors' bytes are not read.
    public init(_ path: String) throws(SafetensorsError) {
        let file: MappedFile
        do { file = try MappedFile(path) } catch { throw .file(error) }
        let header = try file.withBytes { (bytes) throws(SafetensorsError) in
            try SafetensorsHeader(bytes, path: path)
        }
        var arrays: [String: FileArray] = [:]
        for entry in header.entries {
            let range = header.dataStart + entry.range.lowerBound..<header.dataStart + entry.range.upperBound
            arrays[entry.name] = FileArray(
                name: entry.name, element: entry.element, sizes: entry.sizes, count: entry.count, path: path,
                storage: .mapped(file, range))
        }
        self.path = path
        self.arrays = arrays
        metadata = header.metadata
        names = arrays.keys.sorted()
    }

    /// The tensor called `name`; nil when there is none.
    public subscript(name: String) -> FileArray? { arrays[name] }
}
