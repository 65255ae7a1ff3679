internal import ScrubCore
internal import ScrubOps
public import ScrubPlan

/// Positions that nobody reads are not computed: a behaviour at one position needs one query row of the last layer,
/// and of the layers below it keys and values at all.
///
/// Exact: no op but attention's keys and values looks across positions, and those are left whole. What merges positions
/// takes them from where they were computed, and a value of which it takes none is not computed at all.
public struct SlicePositions: Pass {
    public static let name = "slice positions"
    public init() {}

    public static func account(of change: PlanChange) -> String {
        let (before, after) = (change.positions(of: change.before), change.positions(of: change.after))
        return "computes \(after.counted("position")) a row in place of \(before.grouped): those that are read"
    }

    public func apply(_ plan: Plan) throws(PlannerError) -> Plan {
        var slicer = Slicer(plan, PositionDemand(plan))
        slicer.made = slicer.builder.bindInputs(of: plan)
        for step in plan.steps where slicer.demand.living.contains(step.output) { try slicer.add(step) }
        for root in plan.roots { slicer.builder.root(root.name, try slicer.value(root.value, at: nil)) }
        return slicer.builder.plan
    }
}

private struct Slicer {
    let old: Plan
    let demand: PositionDemand
    var builder: PlanBuilder
    var made: [Int: Int] = [:]
    var selected: [Selection: Int] = [:]

    struct Selection: Hashable {
        var value: Int
        var places: [Int]
    }

    init(_ plan: Plan, _ demand: PositionDemand) {
        old = plan
        self.demand = demand
        builder = PlanBuilder(like: plan)
    }

    mutating func add(_ step: Step) throws(PlannerError) {
        let wanted = demand.positions[step.output]
        switch step.op {
        case .selectPositions(let select):
            let positions = wanted.map { $0.map { select.positions[$0] } } ?? select.positions
            made[step.output] = try value(step.inputs[0], at: positions)
        case .mergePositions(let merge) where !old.readsConstant(step):
            try add(step, picking: wanted.map { $0.map { merge.picks[$0] } } ?? merge.picks)
        default:
            let followers = wanted == nil ? [] : old.followers(of: step) ?? []
            var inputs: [Int] = []
            for (number, input) in step.inputs.enumerated() {
                inputs.append(try value(input, at: followers.contains(number) ? wanted : nil))
            }
            let op = wanted.map { step.op.cut(to: $0) } ?? step.op
            made[step.output] = try builder.step(op, inputs, named: old.values[step.output].name)
        }
    }

    /// Merges the positions picked from where they were computed. What is picked from one value alone is selected.
    private mutating func add(_ step: Step, picking picks: [MergePositions.Pick]) throws(PlannerError) {
        var inputs: [Int] = []
        var places: [MergePositions.Pick] = []
        for pick in picks {
            let input = try value(step.inputs[pick.input], at: nil)
            if !inputs.contains(input) { inputs.append(input) }
            places.append(
                MergePositions.Pick(
                    input: inputs.firstIndex(of: input) ?? 0,
                    position: self.places(of: [pick.position], on: step.inputs[pick.input])[0]))
        }
        made[step.output] =
            switch inputs.count {
            case 0: try builder.step(step.op, try whole(step.inputs), named: old.values[step.output].name)
            case 1: try select(inputs[0], places.map(\.position), called: picks.map(\.position))
            default:
                try builder.step(
                    .mergePositions(MergePositions(places)), inputs, named: old.values[step.output].name)
            }
    }

    private mutating func whole(_ inputs: [Int]) throws(PlannerError) -> [Int] {
        var values: [Int] = []
        for input in inputs { values.append(try value(input, at: nil)) }
        return values
    }

    /// The value at those of its old positions; nil for all that were computed.
    mutating func value(_ number: Int, at positions: [Int]?) throws(PlannerError) -> Int {
        guard let value = made[number] else {
            throw .broken(
                after: SlicePositions.name, .order("\(old.values[number].name) is read before it is computed"))
        }
        guard let positions else { return value }
        return try select(value, places(of: positions, on: number), called: positions)
    }

    /// Where old positions of a value stand among those computed.
    private func places(of positions: [Int], on number: Int) -> [Int] {
        guard let computed = demand.positions[number] else { return positions }
        return positions.compactMap { computed.firstIndex(of: $0) }
    }

    /// Selects where others were computed too, or in another order.
    private mutating func select(
        _ value: Int, _ places: [Int], called positions: [Int]
    ) throws(PlannerError) -> Int {
        let source = builder.plan.values[value]
        if places == Array(0..<(source.type.shape.axes.first?.count ?? 0)) { return value }
        let selection = Selection(value: value, places: places)
        if let made = selected[selection] { return made }
        let name = "\(source.name) at \(positions.map(String.init).joined(separator: ","))"
        let made = try builder.step(.selectPositions(SelectPositions(places)), [value], named: name)
        selected[selection] = made
        return made
    }
}

extension Op {
    /// The op that writes those of its positions alone.
    fileprivate func cut(to positions: [Int]) -> Op {
        func cut(_ all: [Int]?) -> [Int] { positions.map { all?[$0] ?? $0 } }
        switch self {
        case .attention(var op):
            op.queries = cut(op.queries)
            return .attention(op)
        case .attentionPattern(var op):
            op.queries = cut(op.queries)
            return .attentionPattern(op)
        case .embed(let op): return .embed(Embed(positions: cut(op.positions)))
        case .mergeSources(var op):
            op.queries = cut(op.queries)
            return .mergeSources(op)
        case .outer: return .outer(Outer(positions: positions.count))
        default: return self
        }
    }
}
