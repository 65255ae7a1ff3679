internal import ScrubCore

/// The dataset D: rows with named columns and, optionally, a weight for each row.
public struct Dataset: Sendable {
    /// The file it was read from, for messages.
    public let file: String
    /// Rows; at least one, at most 2^31 - 1.
    public let count: Int
    /// In file order; all have `count` rows.
    public let columns: [Column]
    /// One for each row: finite, at least 0, with a finite sum above 0. Nil where all rows count alike.
    public let weights: [Double]?
    /// The row of the file that each row is, counted from 0; nil where it is every row of the file.
    let fileRows: [Int32]?

    /// A dataset made of columns, every one with the same number of rows, which is not 0.
    public init(file: String, columns: [Column]) throws(DatasetError) {
        guard let first = columns.first else { throw .noColumns(path: file) }
        for column in columns where column.count != first.count {
            throw .differentRowCounts(
                path: file, first: first.name, firstCount: first.count, second: column.name, secondCount: column.count)
        }
        var seen: Set<ExactText> = []
        for column in columns where !seen.insert(ExactText(column.name)).inserted {
            throw .duplicateColumn(path: file, name: column.name)
        }
        guard first.count > 0 else { throw .noRows(path: file) }
        guard first.count < Int32.max else { throw .tooManyRows(path: file, count: first.count) }
        self.init(file: file, count: first.count, columns: columns, weights: nil, fileRows: nil)
    }

    init(file: String, count: Int, columns: [Column], weights: [Double]?, fileRows: [Int32]?) {
        self.file = file
        self.count = count
        self.columns = columns
        self.weights = weights
        self.fileRows = fileRows
    }

    /// The column called exactly `name`.
    public subscript(column name: String) -> Column? {
        columns.first { ExactText($0.name) == ExactText(name) }
    }

    /// The row of the file, counted from 0, that `row` is: `where` leaves out rows but does not renumber the file.
    public func fileRow(_ row: Int) -> Int { fileRows.map { Int($0[row]) } ?? row }

    /// Whether a row number means the same in both: rows of one file, left in by the same condition, weighed alike.
    public func hasRows(of other: Dataset) -> Bool {
        file == other.file && count == other.count && fileRows == other.fileRows && weights == other.weights
    }

    /// The one class of all rows: what an unconditional draw is from.
    public var everyRow: ClassIndex { .everything(count, weights: weights) }

    /// A row as text for messages, cut to about `limit` characters: `count = 3, starts_open = true`.
    public func text(row: Int, limit: Int = 200) -> String {
        let full = columns.map { "\($0.name) = \($0.text(row: row))" }.joined(separator: ", ")
        return full.count > limit ? full.prefix(limit) + "..." : full
    }
}
