public import ScrubCore

/// Why a dataset cannot be used.
public enum DatasetError: Diagnostic, Hashable {
    case file(FileError, location: SourceLocation?)
    case unknownFormat(path: String, ending: String, known: [String], location: SourceLocation?)
    case noColumns(path: String)
    case noRows(path: String)
    case tooManyRows(path: String, count: Int)
    case duplicateColumn(path: String, name: String)
    case differentRowCounts(path: String, first: String, firstCount: Int, second: String, secondCount: Int)
    /// A single number in an array file, where the first axis should be the row.
    case noRowAxis(path: String, name: String)
    /// Something wrong at a place in a text file.
    case text(TextProblem, place: SourceLocation)

    case conditionIsText(condition: String, row: Int, value: String, location: SourceLocation?)
    case conditionLeftNothing(condition: String, count: Int, path: String, location: SourceLocation?)
    case unknownWeight(name: String, suggestions: [String], columns: [String], location: SourceLocation?)
    case weightNotNumeric(name: String, kind: String, location: SourceLocation?)
    /// `row` is counted from 1, in the file.
    case badWeight(name: String, row: Int, value: String, location: SourceLocation?)
    case weightsAllZero(name: String, location: SourceLocation?)
    case weightsOverflow(name: String, location: SourceLocation?)

    public var fault: Fault {
        if case .file(let error, _) = self { error.fault } else { .input }
    }

    public var location: SourceLocation? {
        switch self {
        case .file(let error, let location): location ?? error.location
        case .unknownFormat(let path, _, _, let location): location ?? SourceLocation(file: path)
        case .noColumns(let path), .noRows(let path), .tooManyRows(let path, _), .duplicateColumn(let path, _),
            .differentRowCounts(let path, _, _, _, _), .noRowAxis(let path, _):
            SourceLocation(file: path)
        case .text(_, let place): place
        case .conditionIsText(_, _, _, let location), .conditionLeftNothing(_, _, _, let location),
            .unknownWeight(_, _, _, let location), .weightNotNumeric(_, _, let location),
            .badWeight(_, _, _, let location), .weightsAllZero(_, let location), .weightsOverflow(_, let location):
            location
        }
    }

    public var message: String {
        switch self {
        case .file(let error, _): "the dataset '\(error.path)': \(error.message)"
        case .unknownFormat(let path, let ending, let known, _):
            "the dataset '\(path)' ends in \(ending.isEmpty ? "nothing" : "'.\(ending)'"), expected one of "
                + known.map { ".\($0)" }.joined(separator: ", ")
        case .noColumns: "the dataset has no columns"
        case .noRows: "the dataset has no rows"
        case .tooManyRows(_, let count): "the dataset has \(count) rows, expected fewer than \(Int32.max)"
        case .duplicateColumn(_, let name): "the dataset has two columns '\(name)'"
        case .differentRowCounts(_, let first, let firstCount, let second, let secondCount):
            "column '\(first)' has \(firstCount) rows, but column '\(second)' has \(secondCount)"
        case .noRowAxis(_, let name): "array '\(name)' is a single number, expected a first axis of rows"
        case .text(let problem, _): problem.message
        case .conditionIsText(let condition, let row, let value, _):
            "the condition '\(condition)' gives the text '\(value)' for row \(row), "
                + "expected true, false, a number or NULL"
        case .conditionLeftNothing(let condition, let count, let path, _):
            "the condition '\(condition)' left no row of the \(count) in '\(path)'"
        case .unknownWeight(let name, let suggestions, let columns, _):
            "there is no column '\(name)' to weight by\(perhaps(suggestions)); columns are \(listed(columns))"
        case .weightNotNumeric(let name, let kind, _): "the weight column '\(name)' holds \(kind), expected numbers"
        case .badWeight(let name, let row, let value, _):
            "the weight '\(name)' of row \(row) is \(value), expected a finite number of at least 0"
        case .weightsAllZero(let name, _): "the weights '\(name)' are all 0"
        case .weightsOverflow(let name, _): "the sum of the weights '\(name)' is beyond the range of float64"
        }
    }
}

/// What is wrong at a place in a JSONL, CSV or TSV file.
public enum TextProblem: Hashable, Sendable {
    case notAnObject(found: String)
    case notUTF8
    /// An array of another length than the first one's, which is at `firstLine`.
    case ragged(column: String, width: Int, firstWidth: Int, firstLine: Int)
    case mixed(column: String, found: String, expected: String, firstLine: Int)
    case badElement(column: String, found: String)
    case unsupported(column: String, found: String)
    /// A row without an array where other rows (first at `firstLine`) have one.
    case missingArray(column: String, firstLine: Int)
    case inexact(column: String, value: String)
    case emptyHeader(index: Int)
    case duplicateHeader(name: String, first: Int, second: Int)
    case cellCount(found: Int, expected: Int)
    case strayQuote
    case textAfterQuote
    case openQuote
    case bareReturn

    var message: String {
        switch self {
        case .notAnObject(let found): "expected a JSON object, found \(found)"
        case .notUTF8: "a cell that is not UTF-8"
        case .ragged(let column, let width, let firstWidth, let firstLine):
            "column '\(column)' has an array of length \(width) here, but of length \(firstWidth) at line \(firstLine)"
        case .mixed(let column, let found, let expected, let firstLine):
            "column '\(column)' holds \(found) here, but \(expected) at line \(firstLine)"
        case .badElement(let column, let found): "column '\(column)' has \(found) in an array, expected numbers"
        case .unsupported(let column, let found):
            "column '\(column)' holds \(found), expected a number, a boolean, a string, null or an array of numbers"
        case .missingArray(let column, let firstLine):
            "column '\(column)' has no array here, as it has at line \(firstLine); arrays cannot be NULL"
        case .inexact(let column, let value):
            "column '\(column)' holds reals and the integer \(value), which no float64 equals"
        case .emptyHeader(let index): "the name of column \(index) is empty"
        case .duplicateHeader(let name, let first, let second):
            "columns \(first) and \(second) are both called '\(name)'"
        case .cellCount(let found, let expected): "\(found) cells, expected \(expected) as in the header"
        case .strayQuote: "a quote inside a cell that does not begin with one"
        case .textAfterQuote: "text after the quote that ends a cell"
        case .openQuote: "a quoted cell that does not end"
        case .bareReturn: "a carriage return without a line feed"
        }
    }
}

/// `; perhaps 'a' or 'b'`, or nothing.
func perhaps(_ suggestions: [String]) -> String {
    suggestions.isEmpty ? "" : " (perhaps \(suggestions.map { "'\($0)'" }.joined(separator: " or ")))"
}

/// The names, at most 40 of them.
func listed(_ names: [String]) -> String {
    names.prefix(40).joined(separator: ", ") + (names.count > 40 ? " and \(names.count - 40) more" : "")
}
