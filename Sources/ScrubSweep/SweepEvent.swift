public import ScrubCore
public import ScrubExperiment
public import ScrubPlan
public import ScrubStore

/// What happens while a sweep runs.
public enum SweepEvent: Sendable {
    /// Before the first run: how many are asked for, how many of them are in the store already.
    case began(asked: Int, present: Int)
    /// Runs that share a plan begin; so many replicates of theirs were kept before.
    case batch(BatchSummary)
    /// How far a batch is: its replicates over all seeds.
    case progress(RunProgress)
    /// A run is in the store.
    case finished(RunStatement, Report, seconds: Double)
    /// A run is in the store as failed.
    case failed(RunStatement, message: String, Fault)
    /// What was kept of unfinished runs is dropped, and why.
    case dropped(String)
    /// A device failed when all that was asked of it was done and kept.
    case deviceLost(String)
}

/// Runs that one plan makes.
public struct BatchSummary: Sendable {
    /// By member, what is asked under the first of the seeds.
    public var statements: [RunStatement]
    public var seeds: [UInt64]
    /// Its place among the batches, from 1, and how many there are.
    public var number: Int
    public var count: Int
    /// Replicates that a run before this one kept, over all seeds.
    public var kept: Int
    /// Most bytes that it holds, and what the device has of its own.
    public var peakBytes: Int
    public var backend: BackendIdentity
}

/// How a sweep ended.
public struct SweepOutcome: Sendable, Hashable {
    public var asked = 0
    /// Of all that are asked for, in order.
    public var keys: [String] = []
    /// Those that the store had.
    public var present = 0
    public var done = 0
    /// By whom the failure is to be mended.
    public var failedByInput = 0
    public var failedByDevice = 0
    /// Asked for and not begun or not ended, because it was told to stop.
    public var left: Int { asked - present - done - failedByInput - failedByDevice }

    public init() {}
}
