public import ScrubPlan

/// Turns the plain plan into the one that is run: an ordered list of passes, each judged by the verifier, the last of which
/// chooses chunks.
public struct Planner: Sendable {
    public var limits: DeviceLimits
    /// Those that run, each wherever the lists below have it. With none, only ``AttendToStream`` runs, and the chunks
    /// are chosen: the plan computes every claim for every replicate.
    public var passes: Set<PassKind>

    public init(limits: DeviceLimits, passes: Set<PassKind> = Set(PassKind.allCases)) {
        self.limits = limits
        self.passes = passes
    }

    /// With all passes, or with none.
    public init(limits: DeviceLimits, optimises: Bool) {
        self.init(limits: limits, passes: optimises ? Set(PassKind.allCases) : [])
    }

    /// The stages of `plan` under the passes, the plain plan first and the final one last.
    ///
    /// When the values that outlive their chunk exceed the memory limit, those of them are computed again for each
    /// replicate that cost least for each byte.
    ///
    /// - Parameters:
    ///   - plan: as `lower` made it.
    ///   - datasetRows: most rows that a run will bind on the dataset axis.
    ///   - replicates: most replicates that are run at a time.
    ///   - total: replicates in all, if more.
    public func stages(
        _ plan: Plan, datasetRows: Int, replicates: Int, of total: Int? = nil
    ) throws(PlannerError) -> [Stage] {
        let chunks = ChooseChunks(limits: limits, datasetRows: datasetRows, replicates: replicates)
        let attending = try run(Self.always, on: plan)
        guard !passes.isEmpty else { return try run([chunks], after: attending) }
        let hoisted = try run(chosen(Self.hoisting), after: attending)
        // What is kept costs once for each row, what is not once for each replicate.
        let price = limits.operationsPerByte * Double(datasetRows) / Double(max(1, total ?? replicates))
        var search = MemorySearch(
            keeping: passes.contains(.recomputeValues) ? hoisted.last?.plan : nil, below: price
        ) { gathers throws(PlannerError) in
            let passes = chosen(Self.cutting(recomputing: gathers), recomputing: gathers)
            let stages = try run(passes, after: hoisted, verifying: false)
            return (stages, stages.last.map { chunks.fits($0.plan) } ?? true)
        }
        let found = try search.stages()
        for stage in found.dropFirst(hoisted.count) { try verify(stage) }
        return try run([chunks], after: found)
    }

    /// Whether `plan` is what some device's passes make of the plain plan `lowered`, chunks aside: how a plan that was
    /// read from a file is known to compute what is asked.
    public func makes(_ plan: Plan, of lowered: Plan) throws(PlannerError) -> Bool {
        let gathers = plan.recomputed ?? []
        let kinds = Self.hoisting + Self.cutting(recomputing: gathers)
        let all = kinds.map { $0.pass(recomputing: gathers) }
        for passes in [[], all] {
            guard var made = try run(Self.always + passes, on: lowered).last?.plan else { continue }
            made.chunks = plan.chunks
            if made == plan { return true }
        }
        return false
    }

    /// `plan` with chunks no larger than it has and than fit the memory limit.
    public func cut(_ plan: Plan, datasetRows: Int, replicates: Int) throws(PlannerError) -> Plan {
        var cut = try ChooseChunks(limits: limits, datasetRows: datasetRows, replicates: replicates).apply(plan)
        cut.chunks.dataset = min(cut.chunks.dataset, plan.chunks.dataset)
        cut.chunks.replicates = min(cut.chunks.replicates, plan.chunks.replicates)
        return cut
    }

    /// First, and whichever others run: it reorders sums, so that figures would be others without it; and before claims
    /// are shared or cut, what it chooses depends on nothing else that is planned.
    static let always: [any Pass] = [AttendToStream()]

    /// In this order, because: a pattern that is gathered could not be fused; fusing then makes a head whose pattern
    /// nobody alters the one step that it is in the plain model, with which it can be shared; sharing leaves one step for
    /// each thing that two claims compute on one table; hoisting then finds whole subtrees fed by one table, and what it
    /// puts on the dataset axis is shared with the plain model there; then it is known which sums there are.
    static let hoisting: [PassKind] = [
        .recomputePatterns, .fuseAttention, .shareCommonSteps, .hoistToDataset, .shareSumPrefixes,
    ]

    /// And then, because: what memory forbids to keep must be known before anything is cut to it; slicing sees at last
    /// which positions the gathers read; the steps that these leave behind are dead; where one of a pattern's two readers
    /// was shared or is dead, the other can now be fused; who reads logits is known; and gathers are fused last, when it is
    /// known what is gathered and who reads it.
    static func cutting(recomputing gathers: [RecomputedGather]) -> [PassKind] {
        (gathers.isEmpty ? [] : [.recomputeValues, .shareCommonSteps])
            + [.slicePositions, .dropDeadSteps, .fuseAttention, .pickLogits, .fuseResampleGather, .dropDeadSteps]
    }

    /// Those of a list that are to run.
    private func chosen(_ kinds: [PassKind], recomputing gathers: [RecomputedGather] = []) -> [any Pass] {
        kinds.filter(passes.contains).map { $0.pass(recomputing: gathers) }
    }

    private func run(_ passes: [any Pass], on plan: Plan) throws(PlannerError) -> [Stage] {
        try run(passes, after: [Stage(plan)])
    }

    private func run(
        _ passes: [any Pass], after stages: [Stage], verifying: Bool = true
    ) throws(PlannerError) -> [Stage] {
        var stages = stages
        for pass in passes {
            guard let last = stages.last else { break }
            let stage = Stage(try pass.apply(last.plan), after: type(of: pass))
            if verifying { try verify(stage) }
            stages.append(stage)
        }
        return stages
    }

    private func verify(_ stage: Stage) throws(PlannerError) {
        do { try stage.plan.verify() } catch { throw .broken(after: stage.name, error) }
    }
}

/// What the planner needs to know of a device.
public struct DeviceLimits: Hashable, Sendable {
    /// Bytes that a run may hold at once.
    public var memory: Int
    /// Chunks in flight at once, each with its own arena.
    public var workers: Int
    /// Bytes of arena a chunk should fill: the cache's size on a CPU, enough to occupy the device elsewhere.
    public var preferredArena: Int
    /// Bytes that one buffer may have.
    public var largestAllocation: Int
    /// Operations that take as long as to write and to hold a byte of a kept value: a value is computed again for each
    /// replicate where that is cheaper. 0 where whatever fits is kept.
    public var operationsPerByte: Double

    public init(
        memory: Int, workers: Int, preferredArena: Int, largestAllocation: Int = .max, operationsPerByte: Double = 0
    ) {
        self.memory = memory
        self.workers = workers
        self.preferredArena = preferredArena
        self.largestAllocation = largestAllocation
        self.operationsPerByte = operationsPerByte
    }

    /// What two devices both can.
    public func least(_ other: DeviceLimits) -> DeviceLimits {
        DeviceLimits(
            memory: min(memory, other.memory), workers: min(workers, other.workers),
            preferredArena: min(preferredArena, other.preferredArena),
            largestAllocation: min(largestAllocation, other.largestAllocation),
            operationsPerByte: max(operationsPerByte, other.operationsPerByte))
    }
}
