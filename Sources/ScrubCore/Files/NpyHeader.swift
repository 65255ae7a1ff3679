/// The header of a `.npy` array: versions 1 to 3 of numpy's format
/// (<https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>).
struct NpyHeader {
    let element: FileElement
    let descriptor: String
    let sizes: [Int]
    /// Elements, the product of the sizes.
    let count: Int
    /// The byte where the elements start.
    let dataStart: Int

    static let types: [(descriptor: String, element: FileElement)] = [
        ("|b1", .bool), ("|u1", .uint8), ("|i1", .int8), ("<i2", .int16), ("<u2", .uint16), ("<i4", .int32),
        ("<u4", .uint32), ("<i8", .int64), ("<u8", .uint64), ("<f2", .float16), ("<f4", .float32), ("<f8", .float64),
    ]

    init(_ bytes: UnsafeRawBufferPointer, name: String, path: String) throws(NpzError) {
        func wrong(_ problem: String) -> NpzError { .notAnArray(path: path, name: name, problem: problem) }
        guard bytes.starts(with: [0x93] + "NUMPY".utf8), bytes.count >= 8 else {
            throw wrong("it does not begin with the bytes \\x93NUMPY")
        }
        let length: Int
        let start: Int
        switch bytes[6] {
        case 1:
            guard let value = bytes.littleEndian(UInt16.self, at: 8) else { throw wrong("its header is cut") }
            (length, start) = (Int(value), 10)
        case 2, 3:
            guard let value = bytes.littleEndian(UInt32.self, at: 8) else { throw wrong("its header is cut") }
            (length, start) = (Int(value), 12)
        default: throw wrong("version \(bytes[6]).\(bytes[7]), expected 1, 2 or 3")
        }
        guard length <= bytes.count - start else { throw wrong("its header is cut") }
        guard let text = String(validating: bytes[start..<start + length], as: UTF8.self) else {
            throw wrong("its header is not UTF-8")
        }
        let fields = try NpyDictionary(text, wrong: wrong)
        guard let descriptor = fields.descriptor, let fortran = fields.fortranOrder, let sizes = fields.sizes else {
            throw wrong("its header lacks 'descr', 'fortran_order' or 'shape': \(text)")
        }
        guard let element = Self.types.first(where: { $0.descriptor == descriptor })?.element else {
            if descriptor.hasPrefix(">") { throw .bigEndian(path: path, name: name, descriptor: descriptor) }
            throw .unknownType(path: path, name: name, descriptor: descriptor)
        }
        guard !fortran else { throw .fortranOrder(path: path, name: name) }
        guard let count = checkedCount(sizes), let expected = checkedCount([count, element.size]) else {
            throw .shapeOverflow(path: path, name: name, sizes: sizes)
        }
        dataStart = start + length
        guard bytes.count - dataStart == expected else {
            throw .wrongLength(
                path: path, name: name, bytes: bytes.count - dataStart, expected: expected, descriptor: descriptor,
                sizes: sizes)
        }
        self.element = element
        self.descriptor = descriptor
        self.sizes = sizes
        self.count = count
    }
}

/// The Python dictionary in a `.npy` header: string keys; strings, booleans and tuples of integers as values; nothing
/// else.
private struct NpyDictionary {
    var descriptor: String?
    var fortranOrder: Bool?
    var sizes: [Int]?

    init(_ text: String, wrong: (String) -> NpzError) throws(NpzError) {
        var rest = text[...]
        func skipSpace() { rest = rest.drop { $0 == " " || $0 == "\n" } }
        func take(_ word: String) -> Bool {
            skipSpace()
            guard rest.hasPrefix(word) else { return false }
            rest = rest.dropFirst(word.count)
            return true
        }
        func unreadable(_ wanted: String) -> NpzError {
            wrong("expected \(wanted) in its header, found '\(rest.prefix(20))'")
        }
        func quoted() throws(NpzError) -> String {
            guard take("'"), let end = rest.firstIndex(of: "'") else { throw unreadable("a string in single quotes") }
            defer { rest = rest[end...].dropFirst() }
            return String(rest[..<end])
        }
        func tuple() throws(NpzError) -> [Int] {
            guard take("(") else { throw unreadable("a tuple of integers") }
            var sizes: [Int] = []
            while !take(")") {
                skipSpace()
                let digits = rest.prefix { $0.isASCII && $0.isNumber }
                guard let size = Int(digits) else { throw unreadable("a non-negative integer") }
                rest = rest[digits.endIndex...]
                sizes.append(size)
                guard take(",") || rest.hasPrefix(")") else { throw unreadable("',' or ')'") }
            }
            return sizes
        }
        guard take("{") else { throw unreadable("'{'") }
        while !take("}") {
            let key = try quoted()
            guard take(":") else { throw unreadable("':'") }
            switch key {
            case "descr" where descriptor == nil: descriptor = try quoted()
            case "fortran_order" where fortranOrder == nil:
                if take("True") { fortranOrder = true } else if take("False") { fortranOrder = false }
                guard fortranOrder != nil else { throw unreadable("True or False") }
            case "shape" where sizes == nil: sizes = try tuple()
            default: throw wrong("unexpected key '\(key)' in its header")
            }
            skipSpace()
            guard take(",") || rest.hasPrefix("}") else { throw unreadable("',' or '}'") }
        }
        skipSpace()
        guard rest.isEmpty else { throw unreadable("its end") }
    }
}
