extension JSONReader {
    mutating func word() throws(JSONError) -> JSONValue.Content {
        for (word, content) in [
            ("true", JSONValue.Content.boolean(true)), ("false", .boolean(false)), ("null", .null),
        ] where bytes[at...].starts(with: word.utf8) {
            at += word.utf8.count
            return content
        }
        throw expected("a value")
    }

    /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
    mutating func number() throws(JSONError) -> JSONValue.Content {
        let start = at
        while let byte = current, isPartOfNumber(byte) { at += 1 }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        guard let form = NumberForm(text.utf8) else { throw error(.malformedNumber(text), at: start) }
        switch form {
        case .integer:
            guard let value = Int64(text) else { throw error(.integerTooLarge(text), at: start) }
            return .integer(value)
        case .real:
            guard let value = Double(text), value.isFinite else { throw error(.numberTooLarge(text), at: start) }
            return .real(value)
        }
    }

    private func isPartOfNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// A string from its opening quote, with escapes resolved.
    mutating func string() throws(JSONError) -> String {
        let start = at
        at += 1
        let first = at
        while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { at += 1 }
        if current == UInt8(ascii: "\"") {
            at += 1
            return try decoded(bytes[first..<at - 1], at: start)
        }
        var unescaped = Array(bytes[first..<at])
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                at += 1
                return try decoded(unescaped, at: start)
            case UInt8(ascii: "\\"):
                unescaped.append(contentsOf: try escape())
            case 0..<0x20:
                throw error(.controlCharacter(byte))
            default:
                unescaped.append(byte)
                at += 1
            }
        }
        throw expected("'\"' that ends the string")
    }

    private func decoded(_ utf8: some Collection<UInt8>, at start: Int) throws(JSONError) -> String {
        guard let text = String(validating: utf8, as: UTF8.self) else { throw error(.invalidUTF8, at: start) }
        return text
    }

    private mutating func escape() throws(JSONError) -> [UInt8] {
        let start = at
        at += 1
        guard let letter = current else { throw expected("an escape") }
        at += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [letter]
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "f"): return [12]
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "u"):
            let unit = try codeUnit(from: start)
            guard UTF16.isLeadSurrogate(unit) else {
                guard let scalar = Unicode.Scalar(unit) else { throw error(.unpairedSurrogate, at: start) }
                return Array(String(scalar).utf8)
            }
            let second = at
            guard bytes[at...].starts(with: "\\u".utf8) else { throw error(.unpairedSurrogate, at: start) }
            at += 2
            let trail = try codeUnit(from: second)
            guard UTF16.isTrailSurrogate(trail) else { throw error(.unpairedSurrogate, at: start) }
            return Array(String(decoding: [unit, trail], as: UTF16.self).utf8)
        default:
            throw error(.badEscape(String(decoding: bytes[start..<at], as: UTF8.self)), at: start)
        }
    }

    /// The four hexadecimal digits after `\u`.
    private mutating func codeUnit(from start: Int) throws(JSONError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw error(.badEscape(String(decoding: bytes[start..<at], as: UTF8.self)), at: start)
            }
            unit = unit << 4 | UInt16(digit)
            at += 1
        }
        return unit
    }

    /// The error that something else than `wanted` is here.
    func expected(_ wanted: String) -> JSONError {
        guard at < bytes.count else { return error(.expected(wanted, found: "the end of the text")) }
        let rest = String(decoding: bytes[at..<min(at + 16, bytes.count)], as: UTF8.self)
        return error(
            .expected(wanted, found: rest.first.map { $0.isNewline ? "the end of the line" : "'\($0)'" } ?? ""))
    }

    func error(_ problem: JSONError.Problem, at offset: Int? = nil) -> JSONError {
        let offset = offset ?? at
        var places = TextPlaces(of: bytes, file: file, firstLine: firstLine)
        return JSONError(problem: problem, place: places.place(of: offset), offset: offset)
    }
}
