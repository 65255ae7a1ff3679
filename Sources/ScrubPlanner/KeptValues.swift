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

    /// What costs least for each byte, of what is not computed again yet; nil where nothing is left that costs less than
    /// `limit`.
    ///
    /// - Complexity: O(values kept × steps that cost less than the cheapest so far).
    func cheapest(below limit: Double) -> Choice? {
        var best: Choice?
        for value in read.keys.sorted() {
            guard let (tables, bytes) = candidate(value) else { continue }
            let most = (best?.price ?? limit) * Double(bytes)
            var operations = 0.0
            for table in tables where operations < most { operations += cost(of: value, by: table, upTo: most) }
            guard operations < most else { continue }
            let price = operations / Double(bytes)
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
        let width = plan.values[value].type.bytes / max(1, Self.positions(of: value, in: plan))
        var readers: [Int: Int] = [:]
        for (_, positions) in byDemand { for position in positions { readers[position, default: 0] += 1 } }
        for (number, reader) in byDemand.enumerated() {
            for position in reader.value { readers[position, default: 0] -= 1 }
            let freed = readers.count { $0.value == 0 }
            if freed > 0 { return (Set(byDemand[...number].map(\.key)), freed * width) }
        }
        return nil
    }

    private static func positions(of value: Int, in plan: Plan) -> Int {
        let first = plan.values[value].type.shape.axes.first
        return first?.name == .position ? first?.count ?? 1 : 1
    }

    /// Operations a replicate, beyond those that are done again anyway; at least `most` where there are more.
    private func cost(of value: Int, by table: Int, upTo most: Double) -> Double {
        var total = 0.0
        walk(value, table) { next in
            if let step = writers[next] {
                total += step.op.rule.operations(of: step.inputs.map { plan.values[$0].type })
            }
            return total < most
        }
        return total
    }

    /// What must be computed again so that `value` need not be kept for `table`.
    private func cone(of value: Int, by table: Int) -> Set<Int> {
        var found: Set<Int> = []
        walk(value, table) { found.insert($0).inserted }
        return found
    }

    /// Visits what must be computed again, each once, for as long as `visit` says so.
    private func walk(_ value: Int, _ table: Int, _ visit: (Int) -> Bool) {
        var (found, open): (Set<Int>, [Int]) = ([], [value])
        while let next = open.popLast() {
            guard let step = writers[next], again[table]?.contains(next) != true, found.insert(next).inserted else {
                continue
            }
            guard visit(next) else { return }
            open += step.inputs.filter { input in
                plan.values[input].rows == .dataset
                    && (read[input]?[table] == nil || left[input]?.contains(table) == true)
            }
        }
    }
}
