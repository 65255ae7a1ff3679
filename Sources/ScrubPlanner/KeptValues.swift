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

    /// Gathers that are to be computed again, so that `excess` bytes a row of the dataset need not be kept: those first
    /// that cost least for each byte; and all that are cheaper to compute again than to keep.
    ///
    /// - Parameters:
    ///   - excess: bytes a row, besides those of what is cheaper to compute again.
    ///   - price: operations a replicate for each byte a row, below which nothing is kept.
    /// - Complexity: O(values kept² × steps).
    mutating func leaveOut(_ excess: Int, below price: Double) -> [RecomputedGather] {
        var open = excess
        var taken: [(value: Int, tables: Set<Int>, bytes: Int)] = []
        while true {
            var best: (value: Int, tables: Set<Int>, bytes: Int, price: Double)?
            for value in read.keys.sorted() {
                guard let (tables, bytes) = candidate(value) else { continue }
                let price = tables.reduce(0) { $0 + cost(of: value, by: $1) } / Double(bytes)
                if price < best?.price ?? .infinity { best = (value, tables, bytes, price) }
            }
            guard let best, open > 0 || best.price < price else { break }
            left[best.value, default: []].formUnion(best.tables)
            for table in best.tables { again[table, default: []].formUnion(cone(of: best.value, by: table)) }
            if best.price < price { continue }
            taken.append((best.value, best.tables, best.bytes))
            open -= best.bytes
        }
        // The last one may save more than was wanted: the dearest are kept that there is room for.
        for choice in taken.reversed() where open + choice.bytes <= 0 {
            left[choice.value]?.subtract(choice.tables)
            open += choice.bytes
        }
        return left.flatMap { value, tables in
            tables.map { RecomputedGather(value: plan.values[value].name, table: $0) }
        }.sorted { ($0.value, $0.table) < ($1.value, $1.table) }
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
