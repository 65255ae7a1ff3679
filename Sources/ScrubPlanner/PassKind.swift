public import ScrubPlan

/// The passes that can be left out, so that a set of them is data. What a planner runs and where is its own list; the
/// one that chooses chunks always runs.
public enum PassKind: CaseIterable, Hashable, Sendable {
    case recomputePatterns
    case fuseAttention
    case shareCommonSteps
    case hoistToDataset
    case shareSumPrefixes
    case recomputeValues
    case slicePositions
    case dropDeadSteps
    case pickLogits
    case fuseResampleGather

    /// - Parameter gathers: what the pass `recomputeValues` computes again.
    public func pass(recomputing gathers: [RecomputedGather] = []) -> any Pass {
        switch self {
        case .recomputePatterns: RecomputePatterns()
        case .fuseAttention: FuseAttention()
        case .shareCommonSteps: ShareCommonSteps()
        case .hoistToDataset: HoistToDataset()
        case .shareSumPrefixes: ShareSumPrefixes()
        case .recomputeValues: RecomputeValues(gathers)
        case .slicePositions: SlicePositions()
        case .dropDeadSteps: DropDeadSteps()
        case .pickLogits: PickLogits()
        case .fuseResampleGather: FuseResampleGather()
        }
    }

    /// As `explain` prints it.
    public var name: String { type(of: pass()).name }
}
