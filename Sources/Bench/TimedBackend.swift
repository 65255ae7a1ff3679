import Scrubjay
import Synchronization

/// An engine whose runs are timed: what it takes for the dataset axis, and for replicates.
final class TimedBackend: Backend {
    private let base: any Backend
    private let state = Mutex((dataset: 0.0, replicates: 0.0))

    init(_ base: any Backend) { self.base = base }

    var identity: BackendIdentity { base.identity }

    /// Of all runs so far.
    var seconds: (dataset: Double, replicates: Double) { state.withLock { $0 } }

    func prepare(_ plan: Plan) throws -> any PreparedPlan { TimedPlan(base: try base.prepare(plan), backend: self) }

    fileprivate func add(dataset: Double = 0, replicates: Double = 0) {
        state.withLock { state in
            state.dataset += dataset
            state.replicates += replicates
        }
    }
}

private struct TimedPlan: PreparedPlan {
    let base: any PreparedPlan
    let backend: TimedBackend

    var plan: Plan { base.plan }

    func peakBytes(datasetRows: Int, replicates: Int) -> Int {
        base.peakBytes(datasetRows: datasetRows, replicates: replicates)
    }

    func peakBytes(datasetRows: Int, replicates: Int, drawing draws: RowDraws) -> Int? {
        base.peakBytes(datasetRows: datasetRows, replicates: replicates, drawing: draws)
    }

    func run(
        _ data: DatasetBindings, progress: @Sendable (RunProgress) -> Void,
        _ body: (any ReplicateRun, [String: HostTensor]) throws -> Void
    ) throws -> RunRecord {
        let clock = ContinuousClock()
        let start = clock.now
        return try base.run(data, progress: progress) { run, roots in
            backend.add(dataset: (clock.now - start).inSeconds)
            try body(TimedReplicates(base: run, backend: backend), roots)
        }
    }
}

private struct TimedReplicates: ReplicateRun {
    let base: any ReplicateRun
    let backend: TimedBackend

    var record: RunRecord { base.record }

    func run(_ tables: [[Int32]]) throws -> [String: HostTensor] { try timed { try base.run(tables) } }

    func run(drawing replicates: Range<Int>, seed: UInt64) throws -> [String: HostTensor] {
        try timed { try base.run(drawing: replicates, seed: seed) }
    }

    private func timed(_ body: () throws -> [String: HostTensor]) throws -> [String: HostTensor] {
        var roots: [String: HostTensor] = [:]
        let seconds = try elapsed { roots = try body() }
        backend.add(replicates: seconds)
        return roots
    }
}
