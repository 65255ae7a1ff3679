public import ScrubCore
public import ScrubPlan
internal import ScrubPlanner

/// A finished run: its figures, and per replicate what they were made of.
public struct Run: Sendable {
    public var report: Report
    /// The plan that was run.
    public let plan: Plan
    /// By table of the plan, the row of D drawn for each replicate.
    public let tables: [[Int32]]
    /// The behaviour, scrubbed, for each replicate.
    public let scrubbed: [Float]
    /// `[replicate, position, logit]`, where it was asked to be kept.
    public let outputs: HostTensor?
    public let record: RunRecord
}
