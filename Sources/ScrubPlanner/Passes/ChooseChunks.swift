internal import ScrubCore
internal import ScrubOps
public import ScrubPlan

/// The largest chunks whose arenas fit what the resident values leave of the memory limit, and no larger than the
/// device prefers.
public struct ChooseChunks: Pass {
    public static let name = "choose chunks"
    public static func account(of change: PlanChange) -> String {
        let chunks = change.after.chunks
        return "cut the run in chunks of \(chunks.dataset.counted("dataset row")) and "
            + chunks.replicates.counted("replicate")
    }

    let limits: DeviceLimits
    let datasetRows: Int
    let replicates: Int

    public init(limits: DeviceLimits, datasetRows: Int, replicates: Int) {
        self.limits = limits
        self.datasetRows = datasetRows
        self.replicates = replicates
    }

    /// Whether a run keeps the limit in chunks of an eighth of what the device prefers or has, and each kept value has no
    /// more than one buffer may have.
    func fits(_ plan: Plan) -> Bool {
        let rows = [rowBytes(plan, .dataset), rowBytes(plan, .replicates)].max() ?? 0
        let arena = max(rows, min(limits.preferredArena, limits.memory / max(1, limits.workers)) / 8)
        let taken =
            plan.residentBytes(datasetRows: datasetRows, replicates: replicates) + limits.workers * arena
        return taken <= limits.memory
            && plan.kept.allSatisfy { plan.values[$0].type.bytes * datasetRows <= limits.largestAllocation }
    }

    public func apply(_ plan: Plan) throws(PlannerError) -> Plan {
        guard least(plan) <= limits.memory else { throw .memory(limit: limits.memory, least: least(plan)) }
        let spare =
            (limits.memory - plan.residentBytes(datasetRows: datasetRows, replicates: replicates))
            / max(1, limits.workers)
        let arena = min(spare, limits.preferredArena)
        func chunk(_ phase: Rows, _ total: Int) -> Int {
            let row = rowBytes(plan, phase)
            if row == 0 { return max(1, total) }
            return max(1, min(max(arena / row, min(amortisingRows(plan, phase), spare / row)), total))
        }
        var chunked = plan
        chunked.chunks = Chunks(dataset: chunk(.dataset, datasetRows), replicates: chunk(.replicates, replicates))
        return chunked
    }

    private func amortisingRows(_ plan: Plan, _ phase: Rows) -> Int {
        min(
            plan.amortisingRows(on: phase, vectors: Self.amortisingVectors, beyond: Self.cachedMatrix),
            Self.mostAmortisingRows)
    }

    /// Bytes of a matrix that stays in a cache; vectors that a matrix is multiplied with each time it is read; and rows
    /// beyond which the values between steps would leave every cache in its place.
    private static let (cachedMatrix, amortisingVectors, mostAmortisingRows) = (1 << 18, 128, 16)

    private func rowBytes(_ plan: Plan, _ phase: Rows) -> Int { Layout(plan, phase: phase).elementsPerRow * 4 }

    private func least(_ plan: Plan) -> Int {
        plan.residentBytes(datasetRows: datasetRows, replicates: replicates)
            + limits.workers * max(rowBytes(plan, .dataset), rowBytes(plan, .replicates))
    }
}
