internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// What a hoisted plan keeps for every row of the dataset, and what it would cost to compute each of it again for
/// every replicate that gathers it.
struct KeptValues {
    private let plan: Plan
    private let writers: [Int: Step]
    /// By value that is kept, the tables that gather it.
    private var tables: [Int: Set<Int>] = [:]
    /// By value, bytes kept a row: of the positions alone that are read.
    private var bytes: [Int: Int] = [:]
    private var forbidden: Set<Int> = []
    /// What is computed again, by table.
    private var recomputed: [Int: Set<Int>] = [:]

    init(_ plan: Plan) {
        self.plan = plan
        writers = Dictionary(uniqueKeysWithValues: plan.steps.map { ($0.output, $0) })
        let demand = PositionDemand(plan)
        var read: [Int: Set<Int>] = [:]
        for step in plan.steps {
            guard case .gather(let gather) = step.op, writers[step.inputs[0]] != nil,
                demand.living.contains(step.output)
            else { continue }
            let (value, shape) = (step.inputs[0], plan.values[step.inputs[0]].type.shape)
            tables[value, default: []].insert(gather.table)
            let all = 0..<(shape.axes.first?.name == .position ? shape.axes[0].count : 1)
            read[value, default: []].formUnion(demand.positions[step.output] ?? Array(all))
        }
        for (value, positions) in read {
            let shape = plan.values[value].type.shape
            let count = shape.axes.first?.name == .position ? shape.axes[0].count : 1
            bytes[value] = plan.values[value].type.bytes * positions.count / max(1, count)
        }
    }

    /// The names of values that are not to be kept so that `excess` bytes a row of the dataset are saved: those first
    /// that cost least for each byte.
    ///
    /// - Complexity: O(values kept² × steps).
    mutating func leaveOut(_ excess: Int) -> [String] {
        var left = excess
        while left > 0 {
            let candidates = tables.keys.filter { !forbidden.contains($0) && (bytes[$0] ?? 0) > 0 }.sorted()
            let costs = candidates.map { value in (value: value, price: cost(of: value) / Double(bytes[value] ?? 1)) }
            guard let cheapest = costs.min(by: { $0.price < $1.price })?.value else { break }
            forbidden.insert(cheapest)
            for table in tables[cheapest] ?? [] {
                recomputed[table, default: []].formUnion(cone(of: cheapest, by: table))
            }
            left -= bytes[cheapest] ?? 0
        }
        return forbidden.map { plan.values[$0].name }.sorted()
    }

    /// Operations a replicate, beyond those that are done again anyway.
    private func cost(of value: Int) -> Double {
        (tables[value] ?? []).reduce(0) { total, table in
            cone(of: value, by: table).reduce(total) { total, value in
                guard let step = writers[value] else { return total }
                return total + step.op.rule.operations(of: step.inputs.map { plan.values[$0].type })
            }
        }
    }

    /// What must be computed again so that `value` need not be kept for `table`.
    private func cone(of value: Int, by table: Int) -> Set<Int> {
        var (found, open): (Set<Int>, [Int]) = ([], [value])
        while let next = open.popLast() {
            guard let step = writers[next], recomputed[table]?.contains(next) != true, found.insert(next).inserted else {
                continue
            }
            open += step.inputs.filter { input in
                plan.values[input].rows == .dataset && (tables[input] == nil || forbidden.contains(input))
            }
        }
        return found
    }
}
