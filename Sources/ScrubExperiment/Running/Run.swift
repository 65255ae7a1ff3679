public import ScrubCore
internal import ScrubData
public import ScrubPlan
internal import ScrubPlanner

/// A finished run: its figures, and per replicate what they were made of.
public struct Run: Sendable {
    public var report: Report
    let dataset: Dataset
    /// The plan that was run.
    public let plan: Plan
    /// By table of the plan, the row of D drawn for each replicate.
    public let tables: [[Int32]]
    /// What was measured in each.
    public let replicates: Replicates
    /// The first behaviour, scrubbed, for each replicate.
    public var scrubbed: [Float] { replicates.measured.first?.scrubbed ?? [] }
    /// What is known of D, where every row was computed.
    let population: Population?
    /// `[replicate, position, logit]`, where it was asked to be kept.
    public let outputs: HostTensor?
    public let record: RunRecord
}
