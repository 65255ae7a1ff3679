public import ScrubCore

/// Why a feature, or a condition on the rows, cannot be evaluated. Rows are counted from 1, in the file.
public enum FeatureError: Diagnostic, Hashable {
    case shadowsColumn(name: String, location: SourceLocation?)
    case noSuchElement(column: String, index: String, width: Int, location: SourceLocation?)
    case notAnArray(column: String, text: String, location: SourceLocation?)
    case unknownColumn(
        name: String, sql: String, suggestions: [String], columns: [String], location: SourceLocation?)
    /// A named feature inside an expression.
    case featureInExpression(name: String, sql: String, location: SourceLocation?)
    case arrayInExpression(column: String, width: Int, sql: String, location: SourceLocation?)
    case ambiguousColumn(name: String, columns: [String], sql: String, location: SourceLocation?)
    /// Not one expression in the SQL that is allowed; `position` is counted in characters from 1.
    case syntax(sql: String, problem: String, position: Int?, location: SourceLocation?)
    /// SQLite refused it, or failed on a row.
    case refused(sql: String, reason: String, location: SourceLocation?)
    case notANumber(column: String, row: Int, sql: String?, location: SourceLocation?)
    case infinite(column: String, row: Int, sql: String, location: SourceLocation?)
    /// A text with U+0000 in it, which SQLite would cut there.
    case zeroCharacter(column: String, row: Int, sql: String, location: SourceLocation?)
    case badResult(sql: String, row: Int, problem: String, location: SourceLocation?)

    public var location: SourceLocation? {
        switch self {
        case .shadowsColumn(_, let location), .noSuchElement(_, _, _, let location), .notAnArray(_, _, let location),
            .unknownColumn(_, _, _, _, let location), .featureInExpression(_, _, let location),
            .arrayInExpression(_, _, _, let location), .ambiguousColumn(_, _, _, let location),
            .syntax(_, _, _, let location), .refused(_, _, let location), .notANumber(_, _, _, let location),
            .infinite(_, _, _, let location), .zeroCharacter(_, _, _, let location), .badResult(_, _, _, let location):
            location
        }
    }

    public var message: String {
        switch self {
        case .shadowsColumn(let name, _): "the feature '\(name)' bears the name of a column; rename it"
        case .noSuchElement(let column, let index, let width, _):
            "'\(column)[\(index)]' is outside the array column '\(column)', whose elements are 0 to \(width - 1)"
        case .notAnArray(let column, let text, _):
            "'\(text)' names an element, but column '\(column)' holds one value a row"
        case .unknownColumn(let name, let sql, let suggestions, let columns, _):
            "unknown column '\(name)' in '\(sql)'\(perhaps(suggestions)); columns are \(listed(columns))"
        case .featureInExpression(let name, let sql, _):
            "'\(name)' in '\(sql)' is a named feature; an expression is over columns only"
        case .arrayInExpression(let column, let width, let sql, _):
            "column '\(column)' in '\(sql)' holds arrays of \(width); name an element, as \(column)[0]"
        case .ambiguousColumn(let name, let columns, let sql, _):
            "'\(name)' in '\(sql)' may be any of the columns \(columns.joined(separator: ", ")): SQL knows no capitals"
        case .syntax(let sql, let problem, let position, _):
            "'\(sql)' is not an SQL expression over the columns: \(problem)"
                + (position.map { " at character \($0)" } ?? "")
        case .refused(let sql, let reason, _): "SQLite refuses '\(sql)': \(reason)"
        case .notANumber(let column, let row, let sql, _):
            "column '\(column)' is NaN in row \(row)" + (sql.map { ", and '\($0)' mentions it" } ?? "")
                + "; leave the row out by 'where', or give it a value"
        case .infinite(let column, let row, let sql, _):
            "column '\(column)' is infinite in row \(row), and '\(sql)' mentions it; SQL cannot reckon with infinities"
        case .zeroCharacter(let column, let row, let sql, _):
            "column '\(column)' has the character U+0000 in row \(row), and '\(sql)' mentions it; "
                + "SQL would cut the text there"
        case .badResult(let sql, let row, let problem, _): "'\(sql)' gives \(problem) for row \(row)"
        }
    }
}
