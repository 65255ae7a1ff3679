internal import ScrubCore
public import ScrubPlan

/// Steps and inputs that no root needs are dropped. Tables stay: a draw is part of the experiment whether or not it is
/// read.
public struct DropDeadSteps: Pass {
    public static let name = "drop dead steps"
    public init() {}

    public static func account(of change: PlanChange) -> String {
        "dropped \(change.fewerSteps.counted("step")) that nothing reads"
    }

    public func apply(_ plan: Plan) throws(PlannerError) -> Plan {
        var needed = Set(plan.roots.map(\.value))
        var kept: [Step] = []
        for step in plan.steps.reversed() where needed.contains(step.output) {
            needed.formUnion(step.inputs)
            kept.append(step)
        }
        var living = plan
        living.steps = kept.reversed()
        living.inputs = plan.inputs.filter { needed.contains($0.value) }
        return living.compacted()
    }
}

extension Plan {
    /// The plan without values that nothing binds or computes, the rest renumbered in order.
    func compacted() -> Plan {
        let living = Set(inputs.map(\.value)).union(steps.map(\.output))
        var number: [Int: Int] = [:]
        for value in values.indices where living.contains(value) { number[value] = number.count }
        func renumbered(_ value: Int) -> Int { number[value] ?? value }
        var compact = Plan(
            values: values.indices.filter(living.contains).map { values[$0] },
            inputs: inputs.map { Input(value: renumbered($0.value), source: $0.source) }, tables: tables,
            steps: steps.map { Step($0.op, $0.inputs.map(renumbered), renumbered($0.output)) },
            roots: roots.map { Root($0.name, renumbered($0.value)) }, chunks: chunks)
        compact.recomputed = recomputed
        return compact
    }
}
