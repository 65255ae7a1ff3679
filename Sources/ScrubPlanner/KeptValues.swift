internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// What a hoisted plan keeps for every row of the dataset, and what it would cost to compute some of it again for every
/// replicate that gathers it.
struct KeptValues {
    private let plan: Plan
    private let writers: [Int: Step]
    /// By value that is kept and table that gathers it, the positions that are read; one where it has none.
    private var read: [Int: [Int: Set<Int>]] = [:]
    /// What is to be computed again: tables by value.
    private var left: [Int: Set<Int>] = [:]
    /// What is computed again, by table.
    private var again: [Int: Set<Int>] = [:]

    init(_ plan: Plan) {
        self.plan = plan
        writers = Dictionary(uniqueKeysWithValues: plan.steps.map { ($0.output, $0) })
        let demand = PositionDemand(plan)
        for step in plan.steps {
            guard case .gather(let gather) = step.op, writers[step.inputs[0]] != nil,
                demand.living.contains(step.output)
            else { continue }
            let positions = demand.positions[step.output] ?? Array(0..<Self.positions(of: step.inputs[0], in: plan))
            read[step.inputs[0], default: [:]][gather.table, default: []].formUnion(positions)
        }
    }

    /// Gathers that are computed again, so that less of one value need be kept.
    struct Choice {
        let gathers: [RecomputedGather]
        /// Operations a replicate, beyond those that are done again anyway.
        let operations: Double
        /// Operations a replicate for each byte a row that need not be kept.
        let price: Double
        fileprivate let value: Int
        fileprivate let tables: Set<Int>
    }

    /// What costs least for each byte, of what is not computed again yet; nil where nothing is left.
    ///
    /// - Complexity: O(values kept × steps).
    func cheapest() -> Choice? {
        var best: Choice?
        for value in read.keys.sorted() {
            guard let (tables, bytes) = candidate(value) else { continue }
            let operations = tables.reduce(0) { $0 + cost(of: value, by: $1) }
            let price = operations / Double(bytes)
            guard price < best?.price ?? .infinity else { continue }
            best = Choice(
                gathers: tables.sorted().map { RecomputedGather(value: plan.values[value].name, table: $0) },
                operations: operations, price: price, value: value, tables: tables)
        }
        return best
    }

    mutating func leaveOut(_ choice: Choice) {
        left[choice.value, default: []].formUnion(choice.tables)
        for table in choice.tables { again[table, default: []].formUnion(cone(of: choice.value, by: table)) }
    }

    /// The fewest gathers of a value without which less of it need be kept, and how many bytes a row.
    private func candidate(_ value: Int) -> (tables: Set<Int>, bytes: Int)? {
        let open = (read[value] ?? [:]).filter { left[value]?.contains($0.key) != true }
        let byDemand = open.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        let whole = byDemand.reduce(into: Set<Int>()) { $0.formUnion($1.value) }
        let width = plan.values[value].type.bytes / max(1, Self.positions(of: value, in: plan))
        for count in byDemand.indices {
            let rest = byDemand[(count + 1)...].reduce(into: Set<Int>()) { $0.formUnion($1.value) }
            if rest.count < whole.count {
                return (Set(byDemand[...count].map(\.key)), (whole.count - rest.count) * width)
            }
        }
        return nil
    }

    private static func positions(of value: Int, in plan: Plan) -> Int {
        let first = plan.values[value].type.shape.axes.first
        return first?.name == .position ? first?.count ?? 1 : 1
    }

    /// Operations a replicate, beyond those that are done again anyway.
    private func cost(of value: Int, by table: Int) -> Double {
        cone(of: value, by: table).reduce(0) { total, value in
            guard let step = writers[value] else { return total }
            return total + step.op.rule.operations(of: step.inputs.map { plan.values[$0].type })
        }
    }

    /// What must be computed again so that `value` need not be kept for `table`.
    private func cone(of value: Int, by table: Int) -> Set<Int> {
        var (found, open): (Set<Int>, [Int]) = ([], [value])
        while let next = open.popLast() {
            guard let step = writers[next], again[table]?.contains(next) != true, found.insert(next).inserted else {
                continue
            }
            open += step.inputs.filter { input in
                plan.values[input].rows == .dataset
                    && (read[input]?[table] == nil || left[input]?.contains(table) == true)
            }
        }
        return found
    }
}
