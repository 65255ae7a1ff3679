internal import GRDB

/// Reads runs in one transaction.
struct RunReader {
    private let database: Database
    private let path: String
    let kept: [String: Int]
    /// By digest, what many runs have in common: hypotheses and drawings.
    private var texts: [String: String] = [:]

    /// - Parameters:
    ///   - database: in a transaction.
    ///   - path: of the store.
    ///   - kept: by key, what is kept of runs that are not done, where that is known.
    init(_ database: Database, _ path: String, kept: [String: Int]? = nil) throws {
        self.database = database
        self.path = path
        self.kept = try kept ?? Progress.replicates(database, path)
    }

    /// How many runs there are, by an index, and so by other pages than those that have them.
    func count() throws -> Int {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM run INDEXED BY run_state WHERE state >= ''") ?? 0
    }

    /// Runs in the order in which they were first asked for. They are read by the table alone and chosen here: an index may be
    /// damaged where the table is not.
    ///
    /// - Parameters:
    ///   - filter: which are given.
    ///   - number: runs of larger numbers alone.
    ///   - limit: the most that are looked at.
    ///   - withReports: whether reports and texts are read too.
    /// - Returns: the runs, how many were looked at, and the number of the last of these.
    mutating func all(_ filter: RunFilter, after number: Int64?, limit: Int?, withReports: Bool) throws -> (
        runs: [FoundRun], seen: Int, last: Int64?
    ) {
        let report = withReports ? "report.json" : "NULL"
        let join = withReports ? "LEFT JOIN report ON report.run = run.id" : ""
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT \(RunRow.columns), \(report), run.hypothesis GLOB ? FROM run NOT INDEXED \(join)
                WHERE run.id > ? ORDER BY run.id LIMIT ?
                """, arguments: [filter.hypothesis ?? "*", number ?? Int64.min, limit ?? -1])
        var (runs, seen, last): ([FoundRun], Int, Int64?) = ([], 0, nil)
        while let row = try rows.next() {
            var cells = Cells(row)
            var found = try found(&cells)
            (seen, last) = (seen + 1, found.row.number)
            let isNamed: Bool = try cells.next()
            guard isNamed, filter.state.map({ found.row.state.name == $0 }) ?? true else { continue }
            if withReports { try complete(&found) }
            runs.append(found)
        }
        return (runs, seen, last)
    }

    /// The runs of these keys that there are, in this order.
    mutating func all(_ keys: [String]) throws -> [FoundRun] {
        let statement = try database.makeStatement(
            sql: """
                SELECT \(RunRow.columns), report.json FROM run LEFT JOIN report ON report.run = run.id WHERE run.key = ?
                """)
        var (runs, missing): ([FoundRun], Set<String>) = ([], [])
        for key in keys {
            guard let row = try Row.fetchOne(statement, arguments: [key]) else {
                missing.insert(key)
                continue
            }
            var cells = Cells(row)
            var found = try found(&cells)
            try complete(&found)
            runs.append(found)
        }
        if !missing.isEmpty {
            let all = try String.fetchSet(database, sql: "SELECT key FROM run NOT INDEXED")
            if !all.isDisjoint(with: missing) { throw StoreError.corrupt(path, "an index lacks runs that are there") }
        }
        return runs
    }

    private func found(_ cells: inout Cells) throws -> FoundRun {
        // Its number is the first value, and finds its parameters.
        var first = cells
        let number: Int64 = try first.next()
        let row = try RunRow(&cells, RunRow.parameters(number, database), kept, path)
        return FoundRun(row: row, json: try cells.next())
    }

    private mutating func complete(_ found: inout FoundRun) throws {
        found.text = try text(found.row.text, found.row)
        found.tree = try found.row.tree.map { try text($0, found.row) }
    }

    private mutating func text(_ digest: String, _ row: RunRow) throws -> String {
        if let text = texts[digest] { return text }
        let content = try String.fetchOne(
            database, sql: "SELECT content FROM text WHERE digest = ?", arguments: [digest])
        guard let content, checksum([content]) == digest else {
            throw StoreError.changed(path, run: row.number, "its hypothesis or its drawing")
        }
        texts[digest] = content
        return content
    }
}

extension StoredRun.State {
    var name: RunFilter.State {
        switch self {
        case .done: .done
        case .failed: .failed
        case .unfinished: .unfinished
        }
    }
}
