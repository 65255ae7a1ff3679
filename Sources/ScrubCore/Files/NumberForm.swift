/// How a number is written in JSON, and in the cells of a table: `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]?
/// [0-9]+)?`.
public enum NumberForm: Hashable, Sendable {
    /// Neither fraction nor exponent.
    case integer
    case real

    /// The form of `text`; nil when it is not a number in this grammar (a leading zero, `+`, `.5`, `0x10`).
    public init?(_ text: some Sequence<UInt8>) {
        var iterator = text.makeIterator()
        var byte = iterator.next()
        func isDigit(_ byte: UInt8?) -> Bool { byte.map { $0 >= 0x30 && $0 <= 0x39 } ?? false }
        /// Takes one digit or more; false when there is none.
        func takeDigits() -> Bool {
            guard isDigit(byte) else { return false }
            while isDigit(byte) { byte = iterator.next() }
            return true
        }

        if byte == UInt8(ascii: "-") { byte = iterator.next() }
        if byte == UInt8(ascii: "0") {
            byte = iterator.next()
        } else if !takeDigits() {
            return nil
        }
        var form = NumberForm.integer
        if byte == UInt8(ascii: ".") {
            byte = iterator.next()
            guard takeDigits() else { return nil }
            form = .real
        }
        if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            byte = iterator.next()
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { byte = iterator.next() }
            guard takeDigits() else { return nil }
            form = .real
        }
        guard byte == nil else { return nil }
        self = form
    }
}
