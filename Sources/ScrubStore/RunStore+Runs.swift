internal import Foundation
internal import GRDB
internal import ScrubCore
internal import ScrubExperiment
internal import ScrubPlan
internal import ScrubStatistics

extension RunStore {
    /// Notes what is asked for. Runs that are there already keep what became of them; one that failed gives way to the same run
    /// of a mended hypothesis, model or dataset.
    ///
    /// - Parameter runs: what is asked.
    public func add(_ runs: [AskedRun]) throws {
        try write { database in
            let failed = try Row.fetchAll(database, sql: "SELECT id, key, statement FROM run WHERE state = 'failed'")
            if !failed.isEmpty {
                let keys = Set(runs.map(\.key))
                let statements = Set(try runs.map { try $0.statement.json })
                for row in failed {
                    var cells = Cells(row)
                    let (number, key, statement) = (
                        try cells.next(Int64.self), try cells.next(String.self), try cells.next(String.self)
                    )
                    guard !keys.contains(key), statements.contains(statement) else { continue }
                    try database.execute(sql: "DELETE FROM run WHERE id = ?", arguments: [number])
                }
            }
            for run in runs { try Self.add(run, database) }
        }
    }

    static func add(_ run: AskedRun, _ database: Database) throws {
        let statement = run.statement
        try database.execute(
            sql: """
                INSERT INTO run (key, hypothesis, text, model, data, others, ablation, seed, samples, statement, command, state)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'asked') ON CONFLICT (key) DO NOTHING
                """,
            arguments: [
                run.key, statement.hypothesis, try text(statement.text, database), statement.model, statement.data,
                statement.others, statement.ablation, value(statement.seed), statement.samples, try statement.json,
                run.command,
            ])
        if database.changesCount == 0 { return }
        let number = database.lastInsertedRowID
        for (name, value) in statement.parameters.sorted(by: { $0.key < $1.key }) {
            try database.execute(
                sql: "INSERT INTO parameter (run, name, value) VALUES (?, ?, ?)", arguments: [number, name, value])
        }
        try RunRow.seal(number, database)
    }

    /// What became of runs; those that the store does not know are left out.
    ///
    /// - Parameter keys: of the runs.
    /// - Throws: `StoreError.changed` where a run is not what was written.
    public func states(of keys: [String]) throws -> [String: StoredRun.State] {
        let wanted = Set(keys)
        var states: [String: StoredRun.State] = [:]
        for run in try runs() where wanted.contains(run.key) { states[run.key] = run.state }
        return states
    }

    /// Notes why a run has no figures. What is done stays done.
    ///
    /// - Parameters:
    ///   - key: of the run.
    ///   - message: what is wrong.
    ///   - isInput: whether what was asked is to blame, not a device.
    public func fail(_ key: String, message: String, isInput: Bool) throws {
        try write { database in
            try database.execute(
                sql: """
                    UPDATE run SET state = 'failed', error = ?, error_is_input = ?, finished = ?
                    WHERE key = ? AND state != 'done'
                    """, arguments: [message, isInput, Self.now, key])
            if database.changesCount > 0, let number = try Self.number(of: key, database) {
                try RunRow.seal(number, database)
            }
        }
    }

    /// Notes the figures of runs, all at once, and drops the progress that led to them.
    ///
    /// - Parameters:
    ///   - runs: that were asked for.
    ///   - batch: in which they advanced; nil for none.
    ///   - seeds: the places of their seeds in it.
    public func finish(_ runs: [FinishedRun], batch: Int64? = nil, seeds: [Int] = []) throws {
        try write { database in
            for run in runs { try finish(run, database) }
            guard let batch else { return }
            for seed in seeds {
                try database.execute(sql: "DELETE FROM chunk WHERE batch = ? AND seed = ?", arguments: [batch, seed])
            }
        }
    }

    private func finish(_ run: FinishedRun, _ database: Database) throws {
        guard let number = try Self.number(of: run.key, database) else {
            throw StoreError.failed(path, "no run of the key \(run.key) was asked for")
        }
        try Self.write(
            run.report, tree: run.tree, seconds: run.seconds, finished: Self.now, of: number, database)
    }

    /// Drops runs with all that is kept of them, the progress of batches that they are part of included.
    ///
    /// - Parameter keys: of the runs; one that is not there is passed over.
    public func drop(_ keys: [String]) throws {
        try write { database in
            let statement = try database.makeStatement(sql: "DELETE FROM run WHERE key = ?")
            for key in keys { try statement.execute(arguments: [key]) }
            let dropped = Set(keys)
            for case (let number, let batch?) in try Progress.batches(database)
            where batch.runs.joined().contains(where: dropped.contains) {
                try Self.end(number, database)
            }
            try database.execute(
                sql: """
                    DELETE FROM text WHERE digest NOT IN (
                        SELECT text FROM run UNION SELECT tree FROM run WHERE tree IS NOT NULL)
                    """)
        }
    }

    static func number(of key: String, _ database: Database) throws -> Int64? {
        try Int64.fetchOne(database, sql: "SELECT id FROM run WHERE key = ?", arguments: [key])
    }

    /// Puts a report into a run's row and its figures.
    static func write(
        _ report: Report, tree: String?, seconds: Double?, finished: String?, of number: Int64, _ database: Database
    ) throws {
        let (json, line) = (try report.storedJSON, LineFigures(report))
        try database.execute(
            sql: """
                UPDATE run SET state = 'done', error = NULL, error_is_input = NULL, version = ?, backend = ?, device = ?,
                driver = ?, metric = ?, model_mean = ?, scrubbed = ?, baseline = ?, recovered = ?, recovered_low = ?,
                recovered_high = ?, trusted = ?, digest = ?, finished = ?, seconds = ?,
                tree = ? WHERE id = ?
                """,
            arguments: [
                report.provenance.version, report.backend.name, report.backend.device, report.backend.driver,
                line.metric, line.model, line.scrubbed, line.baseline, line.recovered, line.low, line.high,
                line.isTrusted, checksum([json]), finished, seconds,
                try tree.map { try text($0, database) }, number,
            ])
        try database.execute(sql: "INSERT OR REPLACE INTO report (run, json) VALUES (?, ?)", arguments: [number, json])
        try database.execute(sql: "DELETE FROM figure WHERE run = ?", arguments: [number])
        let insert = try database.makeStatement(sql: "INSERT INTO figure VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        for row in report.rows {
            let estimate = row.estimate
            var arguments: StatementArguments = [number, row.metric, row.of, row.figure, estimate.mean]
            arguments +=
                row.isEstimate
                ? [
                    estimate.standardError, estimate.interval[0], estimate.interval[1], estimate.method.rawValue,
                    estimate.isTrusted,
                ] : [nil, nil, nil, nil, nil]
            try insert.execute(arguments: arguments)
        }
        try RunRow.seal(number, database)
    }

    /// The digest under which a text is kept.
    static func text(_ content: String, _ database: Database) throws -> String {
        let digest = checksum([content])
        try database.execute(
            sql: "INSERT INTO text (digest, content) VALUES (?, ?) ON CONFLICT DO NOTHING",
            arguments: [digest, content])
        return digest
    }

    /// As a number where SQLite has one so large.
    static func value(_ seed: UInt64) -> DatabaseValue {
        Int64(exactly: seed).map(\.databaseValue) ?? "\(seed)".databaseValue
    }

    /// ISO 8601, whole seconds, UTC.
    static var now: String { Date().formatted(.iso8601) }
}

extension RunStatement {
    /// All but the text, which is kept once for all that have it.
    fileprivate var json: String {
        get throws {
            var short = self
            short.text = ""
            return String(decoding: try encoder.encode(short), as: UTF8.self)
        }
    }
}

extension Report {
    var storedJSON: String {
        get throws { String(decoding: try encoder.encode(self), as: UTF8.self) }
    }
}

/// Keys in order, so that equal reports are equal text; what is no number as the reports' files have it.
private var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
        positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
    return encoder
}

var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
        positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
    return decoder
}
