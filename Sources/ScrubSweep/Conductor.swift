internal import Foundation
internal import ScrubCore
internal import ScrubExperiment
internal import ScrubPlan
public import ScrubStore

/// Runs what a sweep asks for and keeps it in a store: what the store has is not computed again, runs on one model and
/// dataset share a plan, and a run that cannot be made stops no other.
public struct Conductor: Sendable {
    let store: RunStore
    let options: ConductorOptions
    /// Of runs that another conductor left unfinished.
    let unfinished: Unfinished

    /// What becomes of what was kept of unfinished runs.
    public enum Unfinished: Sendable {
        case goOn, beginAnew, refuse
    }

    public init(_ store: RunStore, _ options: ConductorOptions, unfinished: Unfinished) {
        self.store = store
        self.options = options
        self.unfinished = unfinished
    }

    /// Runs all that is asked and not done.
    ///
    /// - Parameters:
    ///   - runs: those that are asked for.
    ///   - tell: is told what happens, by one thread at a time.
    /// - Returns: how it ended; some runs are left where it was told to stop.
    /// - Throws: `StoreError`, `ConductorError.unfinished`, what an engine throws that cannot be opened. What is wrong with a run is
    ///   told and kept instead.
    public func run(
        _ runs: [SweepRun], _ tell: @escaping @Sendable (SweepEvent) -> Void
    ) throws -> SweepOutcome {
        let engine = try options.opened(for: runs)
        let asked = try AskedRuns(runs, on: [engine.family])
        try store.add(asked.all)
        let done = try asked.done(in: store)
        var outcome = SweepOutcome()
        (outcome.asked, outcome.present, outcome.keys) = (asked.all.count, done.count, asked.all.map(\.key))
        tell(.began(asked: outcome.asked, present: outcome.present))
        for (run, error) in asked.unreadable { try fail(run, error, &outcome, tell) }

        var batches = try resumed(asked, done, engine, tell)
        let begun = Set(batches.flatMap(\.runs).joined().map(\.key))
        let fresh = asked.readable.filter { !done.contains($0.asked.key) && !begun.contains($0.asked.key) }
        batches += try PlannedBatch.batches(of: fresh, options.runOptions, on: [engine])
        var hashes = asked.hashes
        for (number, batch) in batches.enumerated() {
            if options.isStopped() { break }
            let course = BatchCourse(
                self, batch, on: engine, place: (number + 1, batches.count), done: done, hashes: hashes,
                outcome: outcome, tell)
            let isStopped = try course.run()
            (hashes, outcome) = (course.hashes, course.outcome)
            if isStopped { break }
        }
        return outcome
    }

    /// Batches of runs that are asked for and that a conductor before this one did not end.
    private func resumed(
        _ asked: AskedRuns, _ done: Set<String>, _ engine: Engine, _ tell: (SweepEvent) -> Void
    ) throws -> [PlannedBatch] {
        let kept = try store.batches()
        func left(_ batch: Batch) -> Int { batch.runs.joined().count { asked.byKey[$0] != nil && !done.contains($0) } }
        if unfinished == .refuse, let first = kept.lazy.compactMap({ $0.batch.map(left) }).first(where: { $0 > 0 }) {
            throw ConductorError.unfinished(first, store: store.path)
        }
        var batches: [PlannedBatch] = []
        for (number, batch) in kept {
            guard let batch else {
                try drop(number, "what was kept of unfinished runs is dropped: it was changed or damaged", tell)
                continue
            }
            let (keys, left) = (batch.runs.joined(), left(batch))
            // That of other sweeps is theirs.
            if unfinished != .beginAnew, !keys.contains(where: { asked.byKey[$0] != nil }) { continue }
            guard left > 0, unfinished != .beginAnew else {
                try drop(number, nil, tell)
                continue
            }
            let what = "what was kept of \(left.counted("unfinished run")) is dropped"
            if batch.engine != engine.progressIdentity {
                try drop(number, "\(what): it is of another device or version", tell)
            } else if let any = keys.lazy.compactMap({ asked.byKey[$0] }).first,
                let planned = try PlannedBatch(number, batch, asked, done, options.runOptions(any.asked.statement))
            {
                batches.append(planned)
            } else {
                try drop(number, "\(what): not all of it is asked for now", tell)
            }
        }
        return batches
    }

    private func drop(_ batch: Int64, _ why: String?, _ tell: (SweepEvent) -> Void) throws {
        if let why { tell(.dropped(why)) }
        try store.end(batch)
    }

    func fail(
        _ run: AskedRun, _ error: any Error, _ outcome: inout SweepOutcome, _ tell: (SweepEvent) -> Void
    ) throws {
        let fault = (error as? any Diagnostic)?.fault ?? .device
        if fault == .input { outcome.failedByInput += 1 } else { outcome.failedByDevice += 1 }
        try store.fail(run.key, message: "\(error)", isInput: fault == .input)
        tell(.failed(run.statement, message: "\(error)", fault))
    }
}

extension Engine {
    /// What progress may only go on on: a row's value may be another in the last digits elsewhere.
    var progressIdentity: String {
        [family, identity.device, identity.driver, tuningDigest ?? "", scrubjayVersion].joined(separator: "; ")
    }
}
