internal import ScrubCore

/// A value that SQLite gave.
enum SQLValue: Equatable, Sendable, CustomStringConvertible {
    case null
    case integer(Int64)
    /// Finite.
    case real(Double)
    case text(String)

    /// As `Column.text` prints the same value.
    var description: String {
        switch self {
        case .null: "NULL"
        case .integer(let integer): "\(integer)"
        case .real(let real): "\(real)"
        case .text(let text): "'\(text)'"
        }
    }

    static func == (a: SQLValue, b: SQLValue) -> Bool {
        switch (a, b) {
        case (.null, .null): true
        case (.integer(let a), .integer(let b)): a == b
        case (.real(let a), .real(let b)): a == b
        case (.integer(let a), .real(let b)), (.real(let b), .integer(let a)): Int64(exactly: b) == a
        case (.text(let a), .text(let b)): ExactText(a) == ExactText(b)
        default: false
        }
    }

    /// Equal for equal values: a real that is an integer hashes as that integer.
    var hash: UInt64 {
        switch self {
        case .null: return 0x6e75_6c6c
        case .integer(let integer): return Grouping.mixed(UInt64(bitPattern: integer))
        case .real(let real):
            if let integer = Int64(exactly: real) { return Grouping.mixed(UInt64(bitPattern: integer)) }
            return Grouping.mixed(real.bitPattern)
        case .text(let text):
            var hash: UInt64 = 0xcbf2_9ce4_8422_2325
            for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            return Grouping.mixed(hash)
        }
    }
}
