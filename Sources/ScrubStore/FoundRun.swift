internal import Foundation
internal import ScrubExperiment

/// A row of `run` with what it refers to, its report not yet read.
struct FoundRun: Sendable {
    var row: RunRow
    /// The report, where it is done.
    var json: String?
    /// The hypothesis.
    var text = ""
    var tree: String?

    init(row: RunRow, json: String?) {
        self.row = row
        self.json = json
    }

    /// What was asked.
    func statement(_ path: String) throws -> RunStatement {
        guard var statement = try? decoder.decode(RunStatement.self, from: Data(row.statement.utf8)) else {
            throw StoreError.changed(path, run: row.number, "what was asked")
        }
        statement.text = text
        return statement
    }

    /// The report as it was written; nil where there is none.
    func reportText(_ path: String) throws -> String? {
        guard row.state == .done else { return nil }
        guard let json, checksum([json]) == row.digest else {
            throw StoreError.changed(path, run: row.number, "its report")
        }
        return json
    }

    /// - Throws: `StoreError.changed`.
    func run(_ path: String) throws -> StoredRun {
        let report = try reportText(path).map { text in
            guard let report = try? decoder.decode(Report.self, from: Data(text.utf8)) else {
                throw StoreError.changed(path, run: row.number, "its report")
            }
            return report
        }
        return StoredRun(
            key: row.key, statement: try statement(path), state: row.state, report: report, tree: tree,
            command: row.command, finished: row.finished.flatMap { try? Date($0, strategy: .iso8601) },
            seconds: row.seconds)
    }
}
