internal import ScrubCore
internal import ScrubData

/// By table, what still matters of its rows while tables are drawn in order: what is read, and the features of the
/// draws to come.
struct Outlook {
    /// By table, the last first: what matters when all draws below it are made, when all but the last are, and so on.
    private var stages: [[ClassIndex]]

    /// - Parameters:
    ///   - count: of tables.
    ///   - reading: by table that is read, what of its rows.
    ///   - everything: the index with all of D in one class.
    init(count: Int, reading: [Int: ClassIndex], everything: ClassIndex) {
        stages = (0..<count).map { [reading[$0] ?? everything] }
    }

    /// Adds the draw that comes before those added: one within `classes`, like a row of `table`.
    mutating func add(_ classes: ClassIndex, below table: Int) {
        guard let last = stages[table].last else { return }
        let tellsAll = last.classCount == last.classOf.count
        stages[table].append(tellsAll ? last : last.joined(with: classes))
    }

    /// Once the next draw below `table` is made: whether less matters than before.
    mutating func forget(_ table: Int) -> Bool {
        let before = stages[table].removeLast()
        return self[table].classCount < before.classCount
    }

    /// Rows of one class are alike in all that matters.
    subscript(table: Int) -> ClassIndex { stages[table][stages[table].count - 1] }
}
