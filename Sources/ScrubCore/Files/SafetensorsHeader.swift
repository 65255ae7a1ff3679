/// The header of a safetensors file, read and judged: every tensor lies inside the data, and together they cover it
/// without overlap or gap, as the reference implementation demands.
///
/// The format: <https://github.com/huggingface/safetensors#format>.
struct SafetensorsHeader {
    struct Entry {
        let name: String
        let type: String
        let element: FileElement
        let sizes: [Int]
        let count: Int
        /// Bytes of the data section.
        let range: Range<Int>
    }

    /// The reference implementation's limit on the header's length.
    static let longest = 100_000_000

    /// The dtypes of the format that an engine here can use.
    static let types: [(name: String, element: FileElement)] = [
        ("BOOL", .bool), ("U8", .uint8), ("I8", .int8), ("I16", .int16), ("U16", .uint16), ("I32", .int32),
        ("U32", .uint32), ("I64", .int64), ("U64", .uint64), ("F16", .float16), ("BF16", .bfloat16),
        ("F32", .float32), ("F64", .float64),
    ]

    let path: String
    private(set) var entries: [Entry] = []
    private(set) var metadata: [String: String] = [:]
    /// The byte of the file where the data section starts.
    let dataStart: Int

    init(_ bytes: UnsafeRawBufferPointer, path: String) throws(SafetensorsError) {
        self.path = path
        guard let length = bytes.littleEndian(UInt64.self, at: 0) else {
            throw .tooShort(path: path, bytes: bytes.count)
        }
        guard length <= UInt64(Self.longest) else {
            throw .headerTooLong(path: path, length: length, limit: Self.longest)
        }
        guard Int(length) <= bytes.count - 8 else {
            throw .headerBeyondFile(path: path, length: length, available: bytes.count - 8)
        }
        dataStart = 8 + Int(length)
        let root = try Self.json(UnsafeRawBufferPointer(rebasing: bytes[8..<dataStart]), path: path)
        guard case .object(let members) = root.content else { throw .notAnObject(path: path, found: root.kind) }
        for member in members {
            if member.key == "__metadata__" {
                metadata = try strings(member.value)
            } else {
                entries.append(try entry(member.key, member.value))
            }
        }
        try checkCover(available: bytes.count - dataStart)
    }

    private static func json(_ bytes: UnsafeRawBufferPointer, path: String) throws(SafetensorsError) -> JSONValue {
        do {
            return try JSONText.parse(bytes, file: path)
        } catch {
            if case .duplicateKey(let name) = error.problem { throw .duplicateName(path: path, name: name) }
            throw .notJSON(path: path, error)
        }
    }

    private func strings(_ value: JSONValue) throws(SafetensorsError) -> [String: String] {
        guard case .object(let members) = value.content else { throw .badMetadata(path: path, found: value.kind) }
        var result: [String: String] = [:]
        for member in members {
            guard case .text(let text) = member.value.content else {
                throw .badMetadata(path: path, found: "\(member.value.kind) as '\(member.key)'")
            }
            result[member.key] = text
        }
        return result
    }

    private func entry(_ name: String, _ value: JSONValue) throws(SafetensorsError) -> Entry {
        func bad(_ field: String, _ expected: String, _ found: JSONValue?) -> SafetensorsError {
            .badField(path: path, name: name, field: field, expected: expected, found: found?.kind ?? "nothing")
        }
        guard case .object = value.content else { throw bad("its entry", "an object", value) }
        guard case .text(let type)? = value["dtype"]?.content else {
            throw bad("'dtype'", "a string", value["dtype"])
        }
        guard let element = Self.types.first(where: { $0.name == type })?.element else {
            throw .unknownType(path: path, name: name, type: type)
        }
        guard let sizes = naturals(value["shape"]) else {
            throw bad("'shape'", "an array of non-negative integers", value["shape"])
        }
        guard let count = checkedCount(sizes), checkedCount([count, element.size]) != nil else {
            throw .shapeOverflow(path: path, name: name, sizes: sizes)
        }
        guard let offsets = naturals(value["data_offsets"]), offsets.count == 2 else {
            throw bad("'data_offsets'", "two non-negative integers", value["data_offsets"])
        }
        guard offsets[0] <= offsets[1] else {
            throw .offsetsReversed(path: path, name: name, begin: offsets[0], end: offsets[1])
        }
        return Entry(
            name: name, type: type, element: element, sizes: sizes, count: count, range: offsets[0]..<offsets[1])
    }

    private func naturals(_ value: JSONValue?) -> [Int]? {
        guard case .array(let elements)? = value?.content else { return nil }
        var result: [Int] = []
        for element in elements {
            guard case .integer(let integer) = element.content, integer >= 0 else { return nil }
            result.append(Int(integer))
        }
        return result
    }

    private func checkCover(available: Int) throws(SafetensorsError) {
        let sorted = entries.sorted {
            ($0.range.lowerBound, $0.range.upperBound, $0.name) < ($1.range.lowerBound, $1.range.upperBound, $1.name)
        }
        var covered = 0
        var last = ""
        for entry in sorted {
            let (begin, end) = (entry.range.lowerBound, entry.range.upperBound)
            guard end <= available else {
                throw .outside(path: path, name: entry.name, end: end, available: available)
            }
            guard entry.range.count == entry.count * entry.element.size else {
                throw .wrongLength(
                    path: path, name: entry.name, bytes: entry.range.count, expected: entry.count * entry.element.size,
                    type: entry.type, sizes: entry.sizes)
            }
            guard begin >= covered else {
                throw .overlap(path: path, first: last, second: entry.name, begin: begin, end: min(covered, end))
            }
            guard begin == covered else { throw .gap(path: path, begin: covered, end: begin) }
            covered = end
            last = entry.name
        }
        guard covered == available else { throw .gap(path: path, begin: covered, end: available) }
    }
}
