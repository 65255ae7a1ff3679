/// A strict reader of JSON (RFC 8259) that keeps the order of keys and where values are, rejects keys that occur
/// twice, and keeps integers exact.
public enum JSONText {
    /// Nesting beyond this is an error, so that no text can exhaust the stack.
    public static let deepest = 128

    /// The one value that `bytes` hold, with white space around it.
    ///
    /// - Parameters:
    ///   - bytes: the text, UTF-8.
    ///   - file: what errors call the text.
    ///   - line: the number of the text's first line, for errors.
    /// - Complexity: O(bytes).
    public static func parse(
        _ bytes: UnsafeRawBufferPointer, file: String, line: Int = 1
    ) throws(JSONError) -> JSONValue {
        var reader = JSONReader(bytes: bytes, file: file, firstLine: line)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.at == bytes.count else { throw reader.expected("the end of the text") }
        return value
    }

    public static func parse(_ text: String, file: String) throws(JSONError) -> JSONValue {
        let bytes = Array(text.utf8)
        return try bytes.withBytes { (bytes) throws(JSONError) in try parse(bytes, file: file) }
    }

    /// The value in the file at `path`. Throws `FileError` or `JSONError`.
    public static func parse(contentsOf path: String) throws -> JSONValue {
        try MappedFile(path).withBytes { try parse($0, file: path) }
    }
}

/// The reading position in a JSON text, and the grammar's structure: values, arrays, objects. Scalars are in
/// `JSONReader+Scalars`.
struct JSONReader {
    let bytes: UnsafeRawBufferPointer
    let file: String
    let firstLine: Int
    var at = 0

    var current: UInt8? { at < bytes.count ? bytes[at] : nil }

    mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
    }

    mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        guard depth <= JSONText.deepest else { throw error(.tooDeep(limit: JSONText.deepest)) }
        skipSpace()
        let start = at
        let content: JSONValue.Content
        switch current {
        case UInt8(ascii: "{"): content = .object(try members(depth: depth))
        case UInt8(ascii: "["): content = .array(try elements(depth: depth))
        case UInt8(ascii: "\""): content = .text(try string())
        case UInt8(ascii: "-"), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): content = try number()
        default: content = try word()
        }
        return JSONValue(content: content, offset: start, end: at)
    }

    private mutating func elements(depth: Int) throws(JSONError) -> [JSONValue] {
        at += 1
        skipSpace()
        var values: [JSONValue] = []
        if take("]") { return values }
        while true {
            values.append(try value(depth: depth + 1))
            skipSpace()
            if take("]") { return values }
            guard take(",") else { throw expected("',' or ']'") }
        }
    }

    private mutating func members(depth: Int) throws(JSONError) -> [JSONMember] {
        at += 1
        skipSpace()
        var members: [JSONMember] = []
        var keys: Set<ExactText> = []
        if take("}") { return members }
        while true {
            skipSpace()
            let start = at
            guard current == UInt8(ascii: "\"") else { throw expected("a key in quotes") }
            let key = try string()
            guard keys.insert(ExactText(key)).inserted else { throw error(.duplicateKey(key), at: start) }
            skipSpace()
            guard take(":") else { throw expected("':'") }
            members.append(JSONMember(key: key, offset: start, value: try value(depth: depth + 1)))
            skipSpace()
            if take("}") { return members }
            guard take(",") else { throw expected("',' or '}'") }
        }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard current == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }
}
