internal import ScrubPlan
internal import ScrubPlanner

/// A plan with an engine's work on it done.
struct PlanReady {
    let plan: Plan
    let prepared: any PreparedPlan
    /// How rows are drawn, where the engine draws them.
    let draws: RowDraws?
    /// Replicates that are run at a time.
    let round: Int
}

/// How large a run is, as far as its memory goes.
struct HeldSize {
    /// Rows on the dataset axis.
    var datasetRows: Int
    /// Most replicates that are run at a time: where rows are drawn for the engine, and where it draws those of a plan itself.
    var replicates: Int
    var drawnThere: (Plan) -> Int = { _ in 0 }
    /// Bytes of what is measured, held besides the engine's.
    var figures: Int
    /// How rows of a plan's tables are drawn, where an engine may draw them.
    var draws: (Plan) throws -> RowDraws? = { _ in nil }

    /// Most bytes of a run, its rows drawn by the engine or not.
    func bytes(_ prepared: any PreparedPlan, drawing draws: RowDraws?) -> Int? {
        let round = round(prepared.plan, drawing: draws)
        let engine =
            draws.map { prepared.peakBytes(datasetRows: datasetRows, replicates: round, drawing: $0) }
            ?? prepared.peakBytes(datasetRows: datasetRows, replicates: round)
        return engine.map { figures + $0 }
    }

    private func round(_ plan: Plan, drawing draws: RowDraws?) -> Int { draws == nil ? replicates : drawnThere(plan) }

    func ready(_ plan: Plan, _ prepared: any PreparedPlan, drawing draws: RowDraws?) -> PlanReady {
        PlanReady(plan: plan, prepared: prepared, draws: draws, round: round(plan, drawing: draws))
    }
}

extension Engine {
    /// Most plans that are made for one limit.
    private static let attempts = 16

    /// Makes a plan and prepares it, so that what figures hold and what the engine allocates keep the memory limit.
    ///
    /// The planner counts values alone. What an engine adds to them (matrices packed, vectors filled up) it knows when the
    /// plan is prepared; where that is too much, the next plan is made for less: for as much less as it was too much,
    /// then by halves between what was too much and what the planner refused.
    ///
    /// The engine draws rows where it can, and that keeps the limit.
    ///
    /// - Throws: `PlannerError.memory` with a limit under which a run can be planned; what `plan` and preparing throw.
    func prepare(_ size: HeldSize, _ plan: (DeviceLimits) throws -> Plan) throws -> PlanReady {
        do { return try prepared(size, plan) } catch PlannerError.memory(let limit, var least) {
            // What is wanted is told of the first plan that was refused, and the next may want more.
            for _ in 0..<Self.attempts where (1..<Int.max / 2).contains(least) {
                var limits = limits
                limits.memory = least
                do {
                    _ = try Engine(backend: backend, limits: limits).prepared(size, plan)
                    break
                } catch PlannerError.memory(_, let more) { least = max(more, least + max(4096, least / 1024)) }
            }
            throw PlannerError.memory(limit: limit, least: least)
        }
    }

    /// Throws `PlannerError.memory` with what a plan that was refused would hold.
    private func prepared(_ size: HeldSize, _ plan: (DeviceLimits) throws -> Plan) throws -> PlanReady {
        // Bytes withheld from the planner: with `low` a run takes too much, with `high` none can be planned.
        var (reserved, low) = (size.figures, size.figures)
        var (high, least): (Int?, Int) = (nil, .max)
        for attempt in 0..<Self.attempts {
            var left = limits
            left.memory = max(0, limits.memory - reserved)
            do {
                let made = try plan(left)
                let prepared = try backend.prepare(made)
                if let draws = try size.draws(made), let taken = size.bytes(prepared, drawing: draws),
                    taken <= limits.memory
                {
                    return size.ready(made, prepared, drawing: draws)
                }
                let taken = size.bytes(prepared, drawing: nil) ?? .max
                if taken <= limits.memory { return size.ready(made, prepared, drawing: nil) }
                (low, least) = (reserved, min(least, taken))
            } catch PlannerError.memory(_, let wanted) {
                if attempt == 0 {
                    throw PlannerError.memory(
                        limit: limits.memory, least: wanted.addingReportingOverflow(reserved).partialValue)
                }
                high = reserved
            }
            let next = high.map { low + ($0 - low) / 2 } ?? low + least - limits.memory
            if next == reserved || next == low { break }
            reserved = next
        }
        throw PlannerError.memory(limit: limits.memory, least: least)
    }
}
