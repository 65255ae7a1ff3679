internal import ScrubCore
internal import ScrubOps
public import ScrubPlan

/// A pattern that is gathered, and larger than the queries and keys that it is made of, is computed for each replicate
/// from these, gathered: attention that reads it can then be one step, which keeps no pattern at all.
///
/// Exact: an attention pattern is row-wise. One that is not fused after all, `HoistToDataset` puts back.
public struct RecomputePatterns: Pass {
    public static let name = "recompute patterns"

    public init() {}

    public static func account(of change: PlanChange) -> String {
        let patterns = -change.fewerSteps(on: .replicates) { $0.isPattern }
        return "left \(patterns.counted("pattern")) ungathered: queries and keys are gathered, which are smaller"
    }

    public func apply(_ plan: Plan) throws(PlannerError) -> Plan {
        let writers = plan.writers
        func pattern(_ value: Int) -> Step? {
            guard let step = writers[value], case .attentionPattern = step.op else { return nil }
            let operands = step.inputs.reduce(0) { $0 + plan.values[$1].type.shape.count }
            return plan.values[value].type.shape.count > operands ? step : nil
        }
        let isGathered = plan.steps.contains { step in
            if case .gather = step.op { pattern(step.inputs[0]) != nil } else { false }
        }
        if !isGathered { return plan }

        var builder = PlanBuilder(like: plan)
        var made = [Int](repeating: 0, count: plan.values.count)
        for input in plan.inputs {
            made[input.value] = builder.bind(
                input.source, named: plan.values[input.value].name, plan.values[input.value].type)
        }
        for step in plan.steps {
            let name = plan.values[step.output].name
            if case .gather(let gather) = step.op {
                if let pattern = pattern(step.inputs[0]) {
                    let operands = pattern.inputs.map { input in
                        plan.values[input].rows == .constant
                            ? made[input] : builder.value(of: .row(of: made[input], table: gather.table))
                    }
                    made[step.output] = try builder.add(pattern.op, operands, named: name)
                } else {
                    made[step.output] = builder.value(of: .row(of: made[step.inputs[0]], table: gather.table))
                }
                continue
            }
            made[step.output] = try builder.add(step.op, step.inputs.map { made[$0] }, named: name)
        }
        for root in plan.roots { builder.root(root.name, made[root.value]) }
        return builder.plan
    }
}

extension Plan {
    /// By value, the step that computes it.
    fileprivate var writers: [Step?] {
        var writers = [Step?](repeating: nil, count: values.count)
        for step in steps { writers[step.output] = step }
        return writers
    }
}
