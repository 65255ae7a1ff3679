internal import ScrubData

/// What a draft is as text.
enum DraftText {
    /// A scalar as YAML reads it back.
    static func quoted(_ text: String) -> String {
        let isPlain = text.wholeMatch(of: /[A-Za-z_.\/][A-Za-z0-9_.\/ -]*/) != nil && !text.hasSuffix(" ")
        if isPlain && !["true", "false", "null", "yes", "no"].contains(text.lowercased()) { return text }
        return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    }

    /// A comment, in lines of about a hundred characters.
    static func comment(_ text: String) -> [String] {
        var lines = ["#"]
        for word in text.split(separator: " ") {
            if lines[lines.count - 1].count + word.count > 100 { lines.append("#") }
            lines[lines.count - 1] += " \(word)"
        }
        return lines
    }

    /// Names that mean something else than a column where a condition is expected, or would have to be quoted.
    static func isReserved(_ name: String) -> Bool {
        ["exact", "any"].contains(name) || name.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) == nil
    }

    /// The values of a scalar column as texts, to be counted.
    static func values(of column: Column) -> [String] {
        switch column.values {
        case .integers(let values): values.map { "\($0, default: "NULL")" }
        case .reals(let values): values.map { "\($0, default: "NULL")" }
        case .texts(let values): values.map { "\($0, default: "NULL")" }
        case .booleans(let values): values.map { "\($0, default: "NULL")" }
        case .integerArrays, .realArrays: []
        }
    }
}
