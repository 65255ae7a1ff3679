import ScrubOps
import ScrubPlan
import ScrubPlanner
import Testing

/// Every pass by itself, all of them, all but one, and none: on random hypotheses, the outputs of the CPU are the same
/// to the bit. No pass reorders a sum, so that there is no tolerance.
@Suite struct PassLawTests {
    /// Statement: whichever passes run, no output changes by a bit.
    @Test(arguments: UInt64(3000)..<3100) func whicheverPassesRun(seed: UInt64) {
        let failure = JudgeCase.failure(of: .random(seed)) { judged in
            judged.verdict { scrubbed in
                try Self.sets.map { name, passes in
                    let planner = Planner(limits: Self.limits, passes: passes)
                    return (name, try scrubbed.stages(planner).last?.plan ?? scrubbed.plan)
                }
            }
        }
        if let failure { Issue.record("\(failure)") }
    }

    /// Statement: a pass changes no output by a bit, on whatever stage of a plan it runs; recomputing, whatever is
    /// gathered.
    @Test(arguments: UInt64(3100)..<3160) func onWhateverPlanAPassRuns(seed: UInt64) {
        let failure = JudgeCase.failure(of: .random(seed)) { judged in
            judged.verdict { scrubbed in
                try scrubbed.stages(Planner(limits: Self.limits)).flatMap { stage in
                    try PassKind.allCases.map { kind in
                        let pass = kind.pass(recomputing: stage.plan.gathersOfComputedValues)
                        let plan = try pass.apply(stage.plan)
                        try plan.verify()
                        return ("\(kind.name) after \(stage.name)", plan)
                    }
                }
            }
        }
        if let failure { Issue.record("\(failure)") }
    }

    private static let limits = DeviceLimits(memory: 1 << 30, workers: 2, preferredArena: 1 << 20)

    private static let sets: [(name: String, passes: Set<PassKind>)] = {
        let all = Set(PassKind.allCases)
        return [("no pass", []), ("all passes", all)] + PassKind.allCases.map { ("\($0.name) alone", [$0]) }
            + PassKind.allCases.map { ("all but \($0.name)", all.subtracting([$0])) }
    }()
}

extension Scrubbed {
    fileprivate func stages(_ planner: Planner) throws -> [Stage] {
        try planner.stages(plan, datasetRows: bindings.datasetRows, replicates: bindings.replicates)
    }
}

extension Plan {
    /// What might be computed again in place of being kept.
    fileprivate var gathersOfComputedValues: [RecomputedGather] {
        let computed = Set(steps.map(\.output))
        return steps.compactMap { step in
            guard case .gather(let gather) = step.op, computed.contains(step.inputs[0]) else { return nil }
            return RecomputedGather(value: values[step.inputs[0]].name, table: gather.table)
        }
    }
}

extension JudgeCase {
    /// Whether the plans that `make` gives have the plain plan's outputs on the CPU, to the bit.
    fileprivate func verdict(_ make: (Scrubbed) throws -> [(name: String, plan: Plan)]) -> Verdict {
        do {
            let difference: String? = try withTemporaryFolder { folder in
                let scrubbed = try Scrubbed(self, in: folder)
                func bits(_ plan: Plan) throws -> [String: [UInt32]] {
                    try Engines.shared.cpu(threads: 1).roots(plan, scrubbed.bindings).mapValues {
                        $0.map(\.bitPattern)
                    }
                }
                let expected = try bits(scrubbed.plan)
                for (name, plan) in try make(scrubbed) where plan != scrubbed.plan {
                    let found = try bits(plan)
                    guard found != expected else { continue }
                    let roots = expected.keys.filter { found[$0] != expected[$0] }.sorted()
                    return "\(name): other bits of \(roots.joined(separator: ", "))"
                }
                return nil
            }
            return difference.map(Verdict.differs) ?? .agrees
        } catch {
            return .refused("\(error)")
        }
    }
}
