internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// Which positions of each value are read, found from the roots down.
struct PositionDemand {
    /// By value, ascending; absent where all positions are read, and for values without positions.
    private(set) var positions: [Int: [Int]] = [:]

    init(_ plan: Plan) {
        var read: [Int: Set<Int>] = [:]
        func count(_ value: Int) -> Int { plan.values[value].type.shape.axes.first?.count ?? 0 }
        func hasPositions(_ value: Int) -> Bool {
            plan.values[value].rows != .constant && plan.values[value].type.shape.axes.first?.name == .position
        }
        func demand(_ value: Int, _ wanted: some Sequence<Int>) {
            if hasPositions(value) { read[value, default: []].formUnion(wanted) }
        }
        for root in plan.roots { demand(root.value, 0..<count(root.value)) }
        for step in plan.steps.reversed() {
            let wanted = (read[step.output] ?? []).sorted()
            switch step.op {
            case .selectPositions(let select): demand(step.inputs[0], wanted.map { select.positions[$0] })
            case .activation, .gather, .layerNorm, .linear, .sum: for input in step.inputs { demand(input, wanted) }
            case .attention:
                demand(step.inputs[0], wanted)
                for input in step.inputs.dropFirst() { demand(input, 0..<count(input)) }
            default: for input in step.inputs { demand(input, 0..<count(input)) }
            }
        }
        let bound = Set(plan.inputs.map(\.value))
        for (value, wanted) in read where wanted.count < count(value) && !bound.contains(value) && !wanted.isEmpty {
            positions[value] = wanted.sorted()
        }
    }
}
