internal import Foundation
internal import GRDB
internal import ScrubCore
internal import ScrubExperiment

/// What a merge did.
public struct Merged: Hashable, Sendable {
    /// Runs that were not there.
    public var added = 0
    /// Runs that were there with less: asked for, or failed.
    public var completed = 0
    /// Runs that were there with as much or more.
    public var same = 0

    public init() {}
}

extension RunStore {
    /// Takes every run of another store: all of them or, where one that both have done has other figures, none.
    ///
    /// - Parameter other: is read alone.
    /// - Throws: `StoreError.conflicts`.
    public func merge(_ other: RunStore) throws -> Merged { try merge([other]) }

    /// Takes every run of other stores: all of them or, where one that two have done has other figures, none. To merge a
    /// store again changes nothing, nor does the order of stores, but for the order of runs. Progress of unfinished runs stays
    /// where it is.
    ///
    /// - Parameter others: are read alone.
    /// - Throws: `StoreError.conflicts`, of the first store that has any.
    public func merge(_ others: [RunStore]) throws -> Merged {
        try write { database in
            var merged = Merged()
            for other in others {
                for name in try other.sweeps() { try Self.note(sweep: name, database) }
                var conflicts: [RunConflict] = []
                try other.eachFound(.all) { found in
                    let path = other.path
                    let theirs = try found.concurrentMap { try $0.run(path) }
                    var reader = try RunReader(database, self.path)
                    let ours = Dictionary(
                        try reader.all(theirs.map(\.key)).map { ($0.row.key, $0) },
                        uniquingKeysWith: { first, _ in first })
                    for run in theirs {
                        let own = try ours[run.key].map { try $0.run(self.path) }
                        if let own, let conflict = RunConflict(own, run) {
                            conflicts.append(conflict)
                        } else if conflicts.isEmpty {
                            try take(run, over: own, &merged, database)
                        }
                    }
                }
                if !conflicts.isEmpty {
                    throw StoreError.conflicts(into: path, from: other.path, conflicts.map(\.text))
                }
            }
            return merged
        }
    }

    private func take(_ run: StoredRun, over own: StoredRun?, _ merged: inout Merged, _ database: Database) throws {
        switch own?.state.rank {
        case nil: merged.added += 1
        case let rank? where rank < run.state.rank: merged.completed += 1
        default: merged.same += 1
        }
        if let own, !run.isBetter(than: own) { return }
        try Self.add(AskedRun(key: run.key, statement: run.statement, command: run.command), database)
        guard let number = try Self.number(of: run.key, database) else { return }
        let finished = run.finished?.formatted(.iso8601)
        switch run.state {
        case .unfinished: return
        case .failed(let message, let isInput):
            try database.execute(
                sql: "UPDATE run SET state = 'failed', error = ?, error_is_input = ?, finished = ? WHERE id = ?",
                arguments: [message, isInput, finished, number])
            try RunRow.seal(number, database)
        case .done:
            guard let report = run.report else { return }
            try Self.write(
                report, tree: run.tree, seconds: run.seconds, finished: finished, of: number, database)
        }
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

extension StoredRun {
    /// Of equals the first that ended, so that it does not matter in which order stores are merged.
    fileprivate func isBetter(than other: StoredRun) -> Bool {
        if state.rank != other.state.rank { return state.rank > other.state.rank }
        guard let finished, let otherFinished = other.finished else { return false }
        if finished != otherFinished { return finished < otherFinished }
        return text < other.text
    }

    private var text: String {
        if case .failed(let message, _) = state { return message }
        return (try? report?.storedJSON) ?? ""
    }
}
