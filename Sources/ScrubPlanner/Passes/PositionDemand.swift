internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// Which positions of each value are read, found from the roots down.
struct PositionDemand {
    /// By value, ascending; absent where all positions are computed, and for values without positions.
    private(set) var positions: [Int: [Int]] = [:]
    /// Values that a root needs, once nothing is computed at positions that nobody reads.
    private(set) var living: Set<Int> = []

    init(_ plan: Plan) {
        // By value and position.
        var read: [[Bool]?] = Array(repeating: nil, count: plan.values.count)
        var cut: Set<Int> = []
        func count(_ value: Int) -> Int { plan.values[value].type.shape.axes.first?.count ?? 0 }
        func hasPositions(_ value: Int) -> Bool {
            plan.values[value].rows != .constant && plan.values[value].type.shape.axes.first?.name == .position
        }
        func demand(_ value: Int, _ wanted: some Sequence<Int>) {
            living.insert(value)
            guard hasPositions(value) else { return }
            var known = read[value].take() ?? Array(repeating: false, count: count(value))
            for position in wanted { known[position] = true }
            read[value] = known
        }
        for root in plan.roots { demand(root.value, 0..<count(root.value)) }
        for step in plan.steps.reversed() where living.contains(step.output) {
            // Where a living value is read at no position, all are computed.
            let some = read[step.output].map(Self.places) ?? []
            let wanted = some.isEmpty ? Array(0..<count(step.output)) : some
            switch step.op {
            case .selectPositions(let select):
                demand(step.inputs[0], wanted.map { select.positions[$0] })
                cut.insert(step.output)
            case .mergePositions(let merge) where !plan.readsConstant(step):
                for place in wanted { demand(step.inputs[merge.picks[place].input], [merge.picks[place].position]) }
                cut.insert(step.output)
            default:
                let followers = plan.followers(of: step)
                for (number, input) in step.inputs.enumerated() {
                    demand(input, followers?.contains(number) == true ? wanted : Array(0..<count(input)))
                }
                if followers != nil { cut.insert(step.output) }
            }
        }
        for value in cut {
            let wanted = read[value].map(Self.places) ?? []
            if !wanted.isEmpty, wanted.count < count(value) { positions[value] = wanted }
        }
    }

    private static func places(_ read: [Bool]) -> [Int] { read.indices.filter { read[$0] } }
}

extension Plan {
    func readsConstant(_ step: Step) -> Bool { step.inputs.contains { values[$0].rows == .constant } }
}
