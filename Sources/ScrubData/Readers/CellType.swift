internal import ScrubCore

/// What the cells of a CSV column are, from how they are written. An empty cell is NULL in any.
///
/// A number is written as in JSON, so `007` and `+1` are texts; so is an integer that the column's type cannot hold
/// exactly, because two labels must not become one number. Cells that all hold equally many integers, two or more with
/// a space between them, are arrays: how a table holds tokens.
enum CellType {
    static func values(_ cells: [String]) -> Column.Values {
        if let integers = converted(cells, { NumberForm($0.utf8) == .integer ? Int64($0) : nil }) {
            return .integers(integers)
        }
        if let arrays = integerArrays(cells) { return arrays }
        // A column of nothing but "nan" and "inf" is more likely a column of words.
        if let reals = converted(cells, real), reals.contains(where: { $0?.isFinite ?? false }) { return .reals(reals) }
        if let booleans = converted(cells, boolean) { return .booleans(booleans) }
        return .texts(cells.map { $0.isEmpty ? nil : $0 })
    }

    private static func integerArrays(_ cells: [String]) -> Column.Values? {
        guard let width = cells.first?.split(separator: " ").count, width > 1 else { return nil }
        var elements: [Int64] = []
        elements.reserveCapacity(cells.count * width)
        for cell in cells {
            let words = cell.split(separator: " ")
            for word in words {
                guard NumberForm(word.utf8) == .integer, let integer = Int64(word) else { return nil }
                elements.append(integer)
            }
            if words.count != width { return nil }
        }
        return .integerArrays(width: width, NarrowIntegers(elements))
    }

    /// The cells converted, empty ones as nil; nil when one cannot be.
    private static func converted<T>(_ cells: [String], _ convert: (String) -> T?) -> [T?]? {
        var values: [T?] = []
        values.reserveCapacity(cells.count)
        for cell in cells {
            if cell.isEmpty {
                values.append(nil)
            } else if let value = convert(cell) {
                values.append(value)
            } else {
                return nil
            }
        }
        return values
    }

    private static func real(_ cell: String) -> Double? {
        switch NumberForm(cell.utf8) {
        case .integer: Int64(cell).flatMap { Double(exactly: $0) }
        case .real: Double(cell).flatMap { $0.isFinite ? $0 : nil }
        // As numpy, pandas and others write them.
        case nil:
            switch cell.lowercased() {
            case "nan", "-nan": .nan
            case "inf", "infinity", "+inf": .infinity
            case "-inf", "-infinity": -.infinity
            default: nil
            }
        }
    }

    private static func boolean(_ cell: String) -> Bool? {
        switch cell {
        case "true", "True", "TRUE": true
        case "false", "False", "FALSE": false
        default: nil
        }
    }
}
