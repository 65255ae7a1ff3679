import ScrubCPU
import ScrubCore
import ScrubExperiment
import ScrubPlan
import ScrubPlanner
import Synchronization

/// The CPU engine, until it is lost: after so many rounds of replicates, every run fails; or before the first, or once all
/// is done.
final class FailingBackend: Backend {
    struct Lost: Diagnostic {
        let message = "the device is lost"
        let fault = Fault.device
    }

    private let base = CPUBackend(threads: 2)
    private let left: Mutex<Int>
    private let isLostAtOnce: Mutex<Bool>
    private let isLostInTheEnd: Bool

    /// - Parameters:
    ///   - rounds: that it runs before it is lost.
    ///   - isLostAtOnce: whether it computes no dataset row.
    ///   - isLostInTheEnd: whether a run fails when its replicates are done.
    init(after rounds: Int = .max, isLostAtOnce: Bool = false, isLostInTheEnd: Bool = false) {
        left = Mutex(rounds)
        self.isLostAtOnce = Mutex(isLostAtOnce)
        self.isLostInTheEnd = isLostInTheEnd
    }

    /// What runs plans on it.
    var engine: Engine { Engine(backend: self, limits: Self.limits) }
    static let limits = DeviceLimits(memory: 1 << 30, workers: 2, preferredArena: 2 << 20)

    var identity: BackendIdentity { base.identity }

    func prepare(_ plan: Plan) throws -> any PreparedPlan { Prepared(base: try base.prepare(plan), backend: self) }

    /// The device is there again.
    func mend() {
        left.withLock { $0 = .max }
        isLostAtOnce.withLock { $0 = false }
    }

    private func take() throws {
        try left.withLock { left in
            if left <= 0 { throw Lost() }
            left -= 1
        }
    }

    private struct Prepared: PreparedPlan {
        let base: any PreparedPlan
        let backend: FailingBackend

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
            if backend.isLostAtOnce.withLock(\.self) { throw Lost() }
            let record = try base.run(data, progress: progress) { run, roots in
                try body(Replicates(base: run, backend: backend), roots)
            }
            if backend.isLostInTheEnd { throw Lost() }
            return record
        }
    }

    private struct Replicates: ReplicateRun {
        let base: any ReplicateRun
        let backend: FailingBackend

        var record: RunRecord { base.record }

        func run(_ tables: [[Int32]]) throws -> [String: HostTensor] {
            try backend.take()
            return try base.run(tables)
        }

        func run(drawing replicates: Range<Int>, seed: UInt64) throws -> [String: HostTensor] {
            try backend.take()
            return try base.run(drawing: replicates, seed: seed)
        }
    }
}
