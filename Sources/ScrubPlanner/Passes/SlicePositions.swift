internal import ScrubCore
internal import ScrubOps
public import ScrubPlan

/// Positions that nobody reads are not computed: a behaviour at one position needs one query row of the last layer,
/// and of the layers below it keys and values at all.
///
/// Exact: no op but attention's keys and values looks across positions, and those are left whole.
public struct SlicePositions: Pass {
    public static let name = "slice positions"
    public init() {}

    public func apply(_ plan: Plan) throws(PlannerError) -> Plan {
        var slicer = Slicer(plan, demanded: PositionDemand(plan).positions)
        for input in plan.inputs {
            let value = plan.values[input.value]
            slicer.made[input.value] = slicer.builder.bind(input.source, named: value.name, value.type)
        }
        for step in plan.steps { try slicer.add(step) }
        for root in plan.roots { slicer.builder.root(root.name, try slicer.value(root.value, at: nil)) }
        return slicer.builder.plan
    }
}

private struct Slicer {
    let old: Plan
    /// By value; absent where all are computed.
    let demanded: [Int: [Int]]
    var builder: PlanBuilder
    var made: [Int: Int] = [:]
    var selected: [Selection: Int] = [:]

    struct Selection: Hashable {
        var value: Int
        var positions: [Int]
    }

    init(_ plan: Plan, demanded: [Int: [Int]]) {
        old = plan
        self.demanded = demanded
        builder = PlanBuilder(like: plan)
    }

    mutating func add(_ step: Step) throws(PlannerError) {
        let name = old.values[step.output].name
        let wanted = demanded[step.output]
        switch step.op {
        case .selectPositions(let select):
            let positions = wanted.map { $0.map { select.positions[$0] } } ?? select.positions
            made[step.output] = try value(step.inputs[0], at: positions)
        case .embed(let embed):
            let positions = wanted.map { $0.map { embed.positions?[$0] ?? $0 } } ?? embed.positions
            made[step.output] = try builder.step(
                .embed(Embed(positions: positions)), try whole(step.inputs), named: name)
        case .attention(var attention):
            if let wanted { attention.queries = wanted.map { attention.queries?[$0] ?? $0 } }
            let inputs = [try value(step.inputs[0], at: wanted)] + (try whole(Array(step.inputs.dropFirst())))
            made[step.output] = try builder.step(.attention(attention), inputs, named: name)
        case .activation, .gather, .layerNorm, .linear, .sum:
            var inputs: [Int] = []
            for input in step.inputs {
                inputs.append(try value(input, at: old.values[input].rows == .constant ? nil : wanted))
            }
            made[step.output] = try builder.step(step.op, inputs, named: name)
        default:
            made[step.output] = try builder.step(step.op, try whole(step.inputs), named: name)
        }
    }

    private mutating func whole(_ inputs: [Int]) throws(PlannerError) -> [Int] {
        var values: [Int] = []
        for input in inputs { values.append(try value(input, at: nil)) }
        return values
    }

    /// The value at those of its old positions; nil for all of them. Selects where more were computed.
    mutating func value(_ number: Int, at positions: [Int]?) throws(PlannerError) -> Int {
        guard let value = made[number] else {
            throw .broken(
                after: SlicePositions.name, .order("\(old.values[number].name) is read before it is computed"))
        }
        guard let positions else { return value }
        let computed = demanded[number] ?? Array(0..<(old.values[number].type.shape.axes.first?.count ?? 0))
        if computed == positions { return value }
        let places = positions.compactMap { computed.firstIndex(of: $0) }
        let selection = Selection(value: value, positions: places)
        if let made = selected[selection] { return made }
        let name = "\(builder.plan.values[value].name) at \(positions.map(String.init).joined(separator: ","))"
        let made = try builder.step(.selectPositions(SelectPositions(places)), [value], named: name)
        selected[selection] = made
        return made
    }
}
