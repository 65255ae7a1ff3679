/// Why a text is not JSON (RFC 8259, read strictly), and where.
public struct JSONError: Diagnostic, Hashable {
    public enum Problem: Hashable, Sendable {
        case expected(String, found: String)
        case duplicateKey(String)
        case malformedNumber(String)
        /// An integer outside int64, which would lose digits as a real.
        case integerTooLarge(String)
        case numberTooLarge(String)
        case badEscape(String)
        case unpairedSurrogate
        case controlCharacter(UInt8)
        case invalidUTF8
        case tooDeep(limit: Int)
    }

    public let problem: Problem
    /// File, line and column (in characters), both counted from 1.
    public let place: SourceLocation
    /// The byte, counted from the start of the text.
    public let offset: Int

    public var location: SourceLocation? { place }

    public var message: String {
        switch problem {
        case .expected(let wanted, let found): "expected \(wanted), found \(found)"
        case .duplicateKey(let key): "the key \"\(key)\" occurs twice"
        case .malformedNumber(let text): "'\(text)' is not a JSON number"
        case .integerTooLarge(let text): "the integer \(text) is outside the range of 64 bits"
        case .numberTooLarge(let text): "the number \(text) is beyond the range of float64"
        case .badEscape(let text): "'\(text)' is not a JSON escape"
        case .unpairedSurrogate: "half of a surrogate pair in a \\u escape"
        case .controlCharacter(let byte): "a control character (byte \(byte)) in a string, expected an escape"
        case .invalidUTF8: "a string that is not UTF-8"
        case .tooDeep(let limit): "nested deeper than \(limit) levels"
        }
    }
}
