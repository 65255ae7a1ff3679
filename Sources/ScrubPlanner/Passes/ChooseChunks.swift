internal import ScrubOps
public import ScrubPlan

/// The largest chunks whose arenas fit what the resident values leave of the memory limit, and no larger than the
/// device prefers.
public struct ChooseChunks: Pass {
    public static let name = "choose chunks"
    let limits: DeviceLimits
    let datasetRows: Int
    let replicates: Int

    public init(limits: DeviceLimits, datasetRows: Int, replicates: Int) {
        self.limits = limits
        self.datasetRows = datasetRows
        self.replicates = replicates
    }

    /// Whether a chunk of one row fits, and each kept value one buffer.
    func fits(_ plan: Plan) -> Bool {
        least(plan) <= limits.memory
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
