internal import ScrubCore

/// What a text means when it is the name of a column, or of an element of one: `length`, `horizon_at[3]`.
enum ColumnReference {
    case column(Column)
    case outside(column: String, index: String, width: Int)
    case notAnArray(column: String)

    /// Nil when it is neither. A column that is itself called `p[3]` comes before element 3 of `p`.
    init?(_ text: String, in dataset: Dataset) {
        if let column = dataset[column: text] {
            self = .column(column)
            return
        }
        guard let (name, index) = Self.parts(text), let column = dataset[column: name] else { return nil }
        guard let width = column.width else {
            self = .notAnArray(column: name)
            return
        }
        guard let number = Int(index), let element = column.element(number) else {
            self = .outside(column: name, index: index, width: width)
            return
        }
        self = .column(element)
    }

    /// `p[3]` as `p` and `3`; the index is digits with perhaps a minus sign.
    static func parts(_ text: String) -> (name: String, index: String)? {
        guard text.hasSuffix("]"), let bracket = text.lastIndex(of: "["), bracket > text.startIndex else { return nil }
        let index = text[text.index(after: bracket)...].dropLast()
        let digits = index.first == "-" ? index.dropFirst() : index
        guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return (String(text[..<bracket]), String(index))
    }
}
