internal import Foundation
internal import GRDB
internal import ScrubExperiment
internal import ScrubPlan
internal import ScrubStatistics

/// What a merge did.
public struct Merged: Hashable, Sendable {
    /// Runs that were not there, that were there with less (asked for, or failed), and that both had.
    public var (added, completed, same) = (0, 0, 0)

    public init() {}
}

extension RunStore {
    /// Takes every run of another store: all of them or, where one that both have done has other figures, none. To merge a
    /// store again changes nothing. Progress of unfinished runs stays where it is.
    ///
    /// - Parameter other: is read alone.
    /// - Throws: `StoreError.conflicts`.
    public func merge(_ other: RunStore) throws -> Merged {
        let theirs = try other.stored()
        let ours = Dictionary(uniqueKeysWithValues: try stored(theirs.map(\.key)).map { ($0.key, $0) })
        let conflicts = theirs.compactMap { run in ours[run.key].flatMap { Self.conflict($0, run) } }
        if !conflicts.isEmpty { throw StoreError.conflicts(into: path, from: other.path, conflicts) }
        var merged = Merged()
        try write { database in
            for run in theirs {
                try Self.add(AskedRun(key: run.key, statement: run.statement, command: run.command), database)
                let rank = ours[run.key].map(\.state.rank)
                if let rank, rank >= run.state.rank {
                    merged.same += 1
                    continue
                }
                if rank == nil { merged.added += 1 } else { merged.completed += 1 }
                try take(run, database)
            }
        }
        return merged
    }

    private func take(_ run: StoredRun, _ database: Database) throws {
        guard let number = try Int64.fetchOne(database, sql: "SELECT id FROM run WHERE key = ?", arguments: [run.key])
        else { return }
        let finished = run.finished?.formatted(.iso8601)
        switch run.state {
        case .unfinished: return
        case .failed(let message, let isInput):
            try database.execute(
                sql: "UPDATE run SET state = 'failed', error = ?, error_is_input = ?, finished = ? WHERE id = ?",
                arguments: [message, isInput, finished, number])
        case .done:
            guard let report = run.report else { return }
            try write(report, of: number, database)
            try database.execute(
                sql: "UPDATE run SET finished = ?, seconds = ?, tree = ? WHERE id = ?",
                arguments: [finished, run.seconds, try run.tree.map { try Self.text($0, database) }, number])
        }
    }

    /// In which figure two runs of one key differ.
    private static func conflict(_ ours: StoredRun, _ theirs: StoredRun) -> String? {
        guard let mine = ours.report, let other = theirs.report else { return nil }
        let (rows, others) = (mine.rows, other.rows)
        let place = zip(rows, others).enumerated().first { $1.0 != $1.1 }?.offset
        if place == nil && rows.count == others.count { return nil }
        let name = "\(ours.statement.hypothesis), seed \(ours.statement.seed)"
        guard let place else { return "\(name): \(rows.count) figures here, \(others.count) there" }
        let (row, otherRow) = (rows[place], others[place])
        return "\(name): \([row.metric, row.of, row.figure].filter { !$0.isEmpty }.joined(separator: " ")) is "
            + "\(row.estimate.mean) here (\(mine.backend.device)) and \(otherRow.estimate.mean) there (\(other.backend.device))"
    }
}

extension StoredRun.State {
    /// What is worth more is kept.
    fileprivate var rank: Int {
        switch self {
        case .unfinished: 0
        case .failed: 1
        case .done: 2
        }
    }
}
