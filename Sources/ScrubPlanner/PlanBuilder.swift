internal import ScrubOps
internal import ScrubPlan

/// A plan under construction: types and row axes follow from the ops, and a name that is taken gets a number.
struct PlanBuilder {
    private(set) var plan: Plan
    private var taken: Set<String> = []
    /// Whether a part and what it leaves of a whole are put together as that whole: what a rewrite takes apart is then
    /// the model's own value, to the last bit, wherever all parts are of one datum.
    var joinsParts = true
    private var tableNumbers: [Table: Int]
    /// By value, the step that computes it.
    private var writers: [Int: Int] = [:]

    /// Starts with the tables and chunks of `plan`, and nothing else.
    init(like plan: Plan) {
        self.plan = Plan(tables: plan.tables, chunks: plan.chunks)
        tableNumbers = Dictionary(zip(plan.tables, plan.tables.indices)) { first, _ in first }
    }

    init(tables: [Table]) { self.init(like: Plan(tables: tables)) }

    mutating func bind(_ source: InputSource, named name: String, _ type: ValueType) -> Int {
        let isColumn = if case .column = source { true } else { false }
        let value = add(Value(name, type, isColumn ? .dataset : .constant))
        plan.inputs.append(Input(value: value, source: source))
        return value
    }

    /// The numbers of tables in this plan: those that it has, and new ones for the others.
    mutating func add(_ tables: [Table]) -> [Int] {
        var numbers: [Int] = []
        for table in tables {
            var table = table
            table.parent = table.parent.map { numbers[$0] }
            let number = tableNumbers[table] ?? plan.tables.count
            if number == plan.tables.count {
                tableNumbers[table] = number
                plan.tables.append(table)
            }
            numbers.append(number)
        }
        return numbers
    }

    /// Adds a step; throws when the op does not accept its inputs.
    mutating func step(_ op: Op, _ inputs: [Int], named name: String) throws(PlannerError) -> Int {
        if joinsParts, case .sum = op, let whole = whole(of: inputs) { return whole }
        let operands = inputs.map { plan.values[$0] }
        let type: ValueType
        do { type = try op.rule.output(of: operands.map(\.type)) } catch { throw .op(value: name, error) }
        var rows = operands.first { $0.rows != .constant }?.rows ?? .constant
        if case .gather = op { rows = .replicates }
        let value = add(Value(name, type, rows))
        writers[value] = plan.steps.count
        plan.steps.append(Step(op, inputs, value))
        return value
    }

    /// The w of `p + (w - p)`.
    private func whole(of parts: [Int]) -> Int? {
        guard parts.count == 2, let rest = writers[parts[1]].map({ plan.steps[$0] }), case .difference = rest.op,
            isSame(parts[0], rest.inputs[1], steps: 4)
        else { return nil }
        return rest.inputs[0]
    }

    /// Whether two values are one computation, of so many steps at most: a part is made of its whole in fewer.
    private func isSame(_ a: Int, _ b: Int, steps: Int) -> Bool {
        if a == b { return true }
        guard steps > 0, let x = writers[a].map({ plan.steps[$0] }), let y = writers[b].map({ plan.steps[$0] }) else {
            return false
        }
        return x.op == y.op && x.inputs.count == y.inputs.count
            && zip(x.inputs, y.inputs).allSatisfy { isSame($0, $1, steps: steps - 1) }
    }

    mutating func root(_ name: String, _ value: Int) { plan.roots.append(Root(name, value)) }

    private mutating func add(_ value: Value) -> Int {
        var value = value
        let wanted = value.name
        var copy = 2
        while !taken.insert(value.name).inserted {
            value.name = "\(wanted) (\(copy))"
            copy += 1
        }
        plan.values.append(value)
        return plan.values.count - 1
    }
}
