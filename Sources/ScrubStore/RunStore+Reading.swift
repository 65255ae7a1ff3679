internal import Foundation
internal import GRDB
internal import ScrubCore
internal import ScrubExperiment

extension RunStore {
    /// What a list shows of runs, in the order in which they were first asked for.
    public func runs(_ filter: RunFilter = .all) throws -> [RunLine] {
        try read { database in
            let kept = try replicates(database)
            var parameters: [Int64: [String: String]] = [:]
            let values = try Row.fetchCursor(database, sql: "SELECT run, name, value FROM parameter")
            while let row = try values.next() {
                parameters[row["run"], default: [:]][row["name"]] = row["value"]
            }
            var conditions: [String] = []
            var arguments: StatementArguments = []
            if let state = filter.state {
                conditions.append("state = ?")
                arguments += [state == .unfinished ? "asked" : state.rawValue]
            }
            if let pattern = filter.hypothesis {
                conditions.append("hypothesis GLOB ?")
                arguments += [pattern]
            }
            let condition = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT id, key, hypothesis, model, data, others, ablation, seed, samples, state, error, error_is_input, metric,
                    model_mean, scrubbed, baseline, recovered, recovered_low, recovered_high, trusted, seconds, finished
                    FROM run \(condition) ORDER BY id
                    """, arguments: arguments)
            return try rows.map { row in
                let state = Self.state(row, kept)
                return RunLine(
                    key: row["key"], hypothesis: row["hypothesis"], parameters: parameters[row["id"]] ?? [:],
                    model: row["model"], data: row["data"], others: row["others"], ablation: row["ablation"],
                    seed: try seed(row), samples: row["samples"], state: state,
                    figures: state == .done ? Self.figures(row) : nil, seconds: row["seconds"],
                    finished: row["finished"])
            }
        }
    }

    /// Runs with all that is kept of them.
    ///
    /// - Parameter keys: of the runs, in this order; nil for all in the order in which they were first asked for.
    /// - Throws: `StoreError.corrupt` where a report is not what was written.
    public func stored(_ keys: [String]? = nil) throws -> [StoredRun] {
        try read { database in
            let kept = try replicates(database)
            let sql = """
                SELECT run.*, text.content AS content, trees.content AS drawing FROM run
                LEFT JOIN text ON text.digest = run.text LEFT JOIN text AS trees ON trees.digest = run.tree
                """
            let rows: [Row]
            if let keys {
                let statement = try database.makeStatement(sql: sql + " WHERE key = ?")
                rows = try keys.compactMap { try Row.fetchOne(statement, arguments: [$0]) }
            } else {
                rows = try Row.fetchAll(database, sql: sql + " ORDER BY id")
            }
            let copies = rows.map { StoredRow($0) }
            let path = path
            return try copies.indices.concurrentMap { try copies[$0].run(path, kept) }
        }
    }

    private func seed(_ row: Row) throws -> UInt64 {
        if let number: Int64 = row["seed"], let seed = UInt64(exactly: number) { return seed }
        guard let text: String = row["seed"], let seed = UInt64(text) else {
            throw StoreError.corrupt(path, "the seed of run \(row["id"] as Int64) is none")
        }
        return seed
    }

    static func figures(_ row: Row) -> LineFigures {
        LineFigures(
            metric: row["metric"] ?? "", model: row["model_mean"] ?? .nan, scrubbed: row["scrubbed"] ?? .nan,
            baseline: row["baseline"] ?? .nan, recovered: row["recovered"], low: row["recovered_low"],
            high: row["recovered_high"], isTrusted: row["trusted"] ?? false)
    }
}

/// A row of `run` with its texts, read out so that threads may make runs of it.
private struct StoredRow: Sendable {
    let key: String
    let statement: String
    let text: String?
    let command: String
    let tree: String?
    let finished: String?
    let seconds: Double?
    let state: String
    let error: (message: String, isInput: Bool)?
    let report: String?
    let digest: String?
    let line: LineFigures

    init(_ row: Row) {
        (key, statement, text, command) = (row["key"], row["statement"], row["content"], row["command"])
        (tree, finished, seconds, state) = (row["drawing"], row["finished"], row["seconds"], row["state"])
        let message: String? = row["error"]
        error = message.map { ($0, row["error_is_input"] ?? false) }
        (report, digest, line) = (row["report"], row["digest"], RunStore.figures(row))
    }

    func run(_ path: String, _ kept: [String: Int]) throws -> StoredRun {
        func corrupt(_ what: String) -> StoreError { .corrupt(path, "\(what) of run \(key.prefix(12)) cannot be read") }
        guard let text, var asked = try? decoder.decode(RunStatement.self, from: Data(statement.utf8)) else {
            throw corrupt("what was asked")
        }
        asked.text = text
        var state = StoredRun.State.unfinished(replicates: kept[key] ?? 0)
        if self.state == "failed" {
            state = .failed(message: error?.message ?? "", isInput: error?.isInput ?? false)
        }
        var made: Report?
        if self.state == "done" {
            guard let report, checksum([report, line.text]) == digest,
                let decoded = try? decoder.decode(Report.self, from: Data(report.utf8))
            else { throw corrupt("the report") }
            (state, made) = (.done, decoded)
        }
        return StoredRun(
            key: key, statement: asked, state: state, report: made, tree: tree, command: command,
            finished: finished.flatMap { try? Date($0, strategy: .iso8601) }, seconds: seconds)
    }
}
