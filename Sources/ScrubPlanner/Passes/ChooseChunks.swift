internal import ScrubOps
public import ScrubPlan

/// The largest chunks whose arenas fit what the resident values leave of the memory limit, and no larger than the
/// device prefers.
public struct ChooseChunks: Pass {
    public static let name = "choose chunks"
    public static func account(of change: PlanChange) -> String {
        let chunks = change.after.chunks
        return "cut the run in chunks of \(counted(chunks.dataset, "dataset row")) and "
            + counted(chunks.replicates, "replicate")
    }

    let limits: DeviceLimits
    let datasetRows: Int
    let replicates: Int

    public init(limits: DeviceLimits, datasetRows: Int, replicates: Int) {
        self.limits = limits
        self.datasetRows = datasetRows
        self.replicates = replicates
    }

    /// Bytes by which a run of chunks of the size that the device prefers would exceed the limit, or kept values what one
    /// buffer may have; not above 0 where all fits.
    func excess(_ plan: Plan) -> Int {
        let rows = [rowBytes(plan, .dataset), rowBytes(plan, .replicates)].max() ?? 0
        let arena = max(rows, min(limits.preferredArena, limits.memory / 8 / max(1, limits.workers)))
        let over =
            plan.residentBytes(datasetRows: datasetRows, replicates: replicates)
            + limits.workers * arena - limits.memory
        let large = plan.kept.map { plan.values[$0].type.bytes * datasetRows }.filter { $0 > limits.largestAllocation }
        return max(over, large.reduce(0, +))
    }

    public func apply(_ plan: Plan) throws(PlannerError) -> Plan {
        guard least(plan) <= limits.memory else { throw .memory(limit: limits.memory, least: least(plan)) }
        let spare =
            (limits.memory - plan.residentBytes(datasetRows: datasetRows, replicates: replicates))
            / max(1, limits.workers)
        let arena = min(spare, limits.preferredArena)
        func chunk(_ phase: Rows, _ total: Int) -> Int {
            let row = rowBytes(plan, phase)
            return max(1, min(row == 0 ? total : arena / row, total))
        }
        var chunked = plan
        chunked.chunks = Chunks(dataset: chunk(.dataset, datasetRows), replicates: chunk(.replicates, replicates))
        return chunked
    }

    private func rowBytes(_ plan: Plan, _ phase: Rows) -> Int { Layout(plan, phase: phase).elementsPerRow * 4 }

    private func least(_ plan: Plan) -> Int {
        plan.residentBytes(datasetRows: datasetRows, replicates: replicates)
            + limits.workers * max(rowBytes(plan, .dataset), rowBytes(plan, .replicates))
    }
}
