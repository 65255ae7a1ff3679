internal import ScrubCore
internal import ScrubOps
public import ScrubPlan

/// Values mixed by a pattern that nobody else reads are one step of attention, which keeps no pattern in memory.
///
/// Exact: on the CPU attention is its pattern and the mixing, to the last bit.
public struct FuseAttention: Pass {
    public static let name = "fuse attention"
    public init() {}

    public static func account(of change: PlanChange) -> String {
        let patterns = (change.fewerSteps { $0.isPattern }).counted("pattern")
        return "fused \(patterns) with the mixing of values: no pattern is kept"
    }

    public func apply(_ plan: Plan) throws(PlannerError) -> Plan {
        var readers: [Int: Int] = [:]
        for value in plan.steps.flatMap(\.inputs) + plan.roots.map(\.value) { readers[value, default: 0] += 1 }
        var patterns: [Int: (op: AttentionPattern, inputs: [Int])] = [:]
        for step in plan.steps where readers[step.output] == 1 {
            if case .attentionPattern(let op) = step.op { patterns[step.output] = (op, step.inputs) }
        }
        var (fused, gone) = (plan, Set<Int>())
        fused.steps = plan.steps.map { step in
            guard case .mixValues = step.op, let (op, inputs) = patterns[step.inputs[0]] else { return step }
            gone.insert(step.inputs[0])
            return Step(
                .attention(Attention(causal: op.causal, scale: op.scale, queries: op.queries)),
                inputs[..<2] + [step.inputs[1]] + inputs[2...], step.output)
        }
        fused.steps.removeAll { gone.contains($0.output) }
        return fused.compacted()
    }
}
