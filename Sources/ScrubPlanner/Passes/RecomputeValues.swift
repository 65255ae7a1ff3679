internal import ScrubCore
internal import ScrubOps
public import ScrubPlan

/// Values that are not to be kept for all rows of the dataset are computed again for each replicate that would gather
/// them.
///
/// Exact: every op is row-wise, so that a value is the same wherever it is computed, bit for bit. The inverse of
/// hoisting, for what memory forbids to keep; `KeptValues` says which those are.
public struct RecomputeValues: Pass {
    public static let name = "recompute values"
    let gathers: [RecomputedGather]

    public static func account(of change: PlanChange) -> String {
        func kept(_ plan: Plan) -> Int { Set(plan.kept).intersection(plan.steps.map(\.output)).count }
        let fewer = kept(change.before) - kept(change.after)
        let again = (-change.fewerSteps(on: .replicates) { !$0.isGather }).counted("step")
        return "keeps \(fewer.counted("value")) fewer: \(again) more on \(change.replicates.counted("replicate"))"
    }

    public init(_ gathers: [RecomputedGather]) { self.gathers = gathers }

    public func apply(_ plan: Plan) throws(PlannerError) -> Plan {
        if gathers.isEmpty { return plan }
        var recomputer = Recomputer(plan, gathers)
        recomputer.made = recomputer.builder.bindInputs(of: plan)
        for step in plan.steps { try recomputer.add(step) }
        for root in plan.roots { recomputer.builder.root(root.name, recomputer.made[root.value] ?? root.value) }
        var made = recomputer.builder.plan
        made.recomputed = gathers
        return made
    }
}

private struct Recomputer {
    struct Place: Hashable {
        var value: Int
        var table: Int
    }

    let old: Plan
    /// What is gathered, and may be.
    private var kept: Set<Place> = []
    let writers: [Int: Step]
    var builder: PlanBuilder
    var made: [Int: Int] = [:]
    /// By value of the old plan and table, its value for each replicate.
    private var gathered: [Place: Int] = [:]

    init(_ plan: Plan, _ gathers: [RecomputedGather]) {
        old = plan
        writers = Dictionary(uniqueKeysWithValues: plan.steps.map { ($0.output, $0) })
        builder = PlanBuilder(like: plan)
        let forbidden = Set(gathers)
        for step in plan.steps {
            guard case .gather(let gather) = step.op,
                !forbidden.contains(
                    RecomputedGather(value: plan.values[step.inputs[0]].name, table: gather.table))
            else { continue }
            kept.insert(Place(value: step.inputs[0], table: gather.table))
        }
    }

    mutating func add(_ step: Step) throws(PlannerError) {
        let name = old.values[step.output].name
        if case .gather(let gather) = step.op {
            made[step.output] = try value(step.inputs[0], by: gather.table, named: name)
            return
        }
        made[step.output] = try builder.step(step.op, step.inputs.map { made[$0] ?? $0 }, named: name)
    }

    /// A value on the dataset axis, for each replicate.
    private mutating func value(_ value: Int, by table: Int, named name: String) throws(PlannerError) -> Int {
        if old.values[value].rows == .constant { return made[value] ?? value }
        let place = Place(value: value, table: table)
        if let known = gathered[place] { return known }
        let result: Int
        if let step = writers[value], !kept.contains(place) {
            var inputs: [Int] = []
            for input in step.inputs {
                inputs.append(
                    try self.value(input, by: table, named: "\(old.values[input].name) @ \(old.tables[table].key)"))
            }
            result = try builder.step(step.op, inputs, named: name)
        } else {
            result = try builder.step(.gather(Gather(table: table)), [made[value] ?? value], named: name)
        }
        gathered[place] = result
        return result
    }
}
