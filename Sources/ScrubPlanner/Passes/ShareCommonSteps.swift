internal import ScrubCore
internal import ScrubOps
public import ScrubPlan

/// Equal steps on equal values are one step: what two claims compute on the same table, they compute once.
public struct ShareCommonSteps: Pass {
    public static let name = "share common steps"
    public init() {}

    public static func account(of change: PlanChange) -> String {
        "put \(change.fewerSteps.counted("step")) together with others that compute the same"
    }

    private struct Key: Hashable {
        var op: Op
        var inputs: [Int]
    }

    public func apply(_ plan: Plan) throws(PlannerError) -> Plan {
        var shared = plan
        var representative = Array(plan.values.indices)
        var seen: [Key: Int] = [:]
        shared.steps = plan.steps.compactMap { step in
            let key = Key(op: step.op, inputs: step.inputs.map { representative[$0] })
            if let first = seen[key] {
                representative[step.output] = first
                return nil
            }
            seen[key] = step.output
            return Step(step.op, key.inputs, step.output)
        }
        shared.roots = plan.roots.map { Root($0.name, representative[$0.value]) }
        return shared.compacted()
    }
}
