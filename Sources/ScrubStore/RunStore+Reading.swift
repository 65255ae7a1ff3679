internal import GRDB
internal import ScrubCore

extension RunStore {
    /// Runs that are read at once where all are: their reports take some MiB.
    private static let several = 256

    /// What a list shows of runs, in the order in which they were first asked for.
    ///
    /// - Parameter filter: which runs.
    /// - Throws: `StoreError.changed` where a run is not what was written.
    public func runs(_ filter: RunFilter = .all) throws -> [RunLine] {
        try read { database in
            var reader = try RunReader(database, path)
            let found = try reader.all(filter, after: nil, limit: nil, withReports: false)
            guard try found.seen >= reader.count() else { throw Self.lost(path) }
            return found.runs.map(\.row.line)
        }
    }

    /// Runs with all that is kept of them.
    ///
    /// - Parameter keys: of the runs, in this order; nil for all in the order in which they were first asked for.
    /// - Throws: `StoreError.changed` where a run is not what was written.
    public func stored(_ keys: [String]? = nil) throws -> [StoredRun] {
        var runs: [StoredRun] = []
        if let keys { try each(keys) { runs.append($0) } } else { try each { runs.append($0) } }
        return runs
    }

    /// Gives the runs of some keys, in this order, of which it holds few at a time.
    ///
    /// - Parameters:
    ///   - keys: of the runs.
    ///   - body: what is done with each.
    /// - Throws: `StoreError.changed` where a run is not what was written; what `body` throws.
    public func each(_ keys: [String], _ body: (StoredRun) throws -> Void) throws {
        for start in stride(from: 0, to: keys.count, by: Self.several) {
            for run in try few(Array(keys[start..<min(start + Self.several, keys.count)])) { try body(run) }
        }
    }

    /// Gives runs with all that is kept of them, in the order in which they were first asked for, of which it holds few at a
    /// time.
    ///
    /// - Parameters:
    ///   - filter: which runs.
    ///   - body: what is done with each. Meanwhile the store may be read and written.
    /// - Throws: `StoreError.changed` where a run is not what was written; what `body` throws.
    public func each(_ filter: RunFilter = .all, _ body: (StoredRun) throws -> Void) throws {
        try eachFound(filter) { found in
            let path = path
            for run in try found.concurrentMap({ try $0.run(path) }) { try body(run) }
        }
    }

    /// The same, some at a time, with reports as the text that is kept.
    func eachFound(_ filter: RunFilter, _ body: ([FoundRun]) throws -> Void) throws {
        let (expected, kept) = try read { database in
            let reader = try RunReader(database, path)
            return (try reader.count(), reader.kept)
        }
        var (last, seen): (Int64?, Int) = (nil, 0)
        while true {
            let page = try read { database in
                var reader = try RunReader(database, path, kept: kept)
                return try reader.all(filter, after: last, limit: Self.several, withReports: true)
            }
            if page.seen == 0 { break }
            (last, seen) = (page.last, seen + page.seen)
            try body(page.runs)
        }
        if seen < expected { throw Self.lost(path) }
    }

    private func few(_ keys: [String]) throws -> [StoredRun] {
        let path = path
        let found = try read { database in
            var reader = try RunReader(database, path)
            return try reader.all(keys)
        }
        return try found.concurrentMap { try $0.run(path) }
    }

    private static func lost(_ path: String) -> StoreError { .corrupt(path, "runs are missing that an index has") }
}
