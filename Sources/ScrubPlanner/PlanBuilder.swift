internal import ScrubOps
internal import ScrubPlan

/// A plan under construction: types and row axes follow from the ops, and a name that is taken gets a number.
struct PlanBuilder {
    private(set) var plan: Plan
    private var taken: Set<String> = []

    /// Starts with the tables and chunks of `plan`, and nothing else.
    init(like plan: Plan) {
        self.plan = Plan(tables: plan.tables, chunks: plan.chunks)
    }

    init(tables: [Table]) { plan = Plan(tables: tables) }

    mutating func bind(_ source: InputSource, named name: String, _ type: ValueType) -> Int {
        let isColumn = if case .column = source { true } else { false }
        let value = add(Value(name, type, isColumn ? .dataset : .constant))
        plan.inputs.append(Input(value: value, source: source))
        return value
    }

    /// Adds a step; throws when the op does not accept its inputs.
    mutating func step(_ op: Op, _ inputs: [Int], named name: String) throws(PlannerError) -> Int {
        let operands = inputs.map { plan.values[$0] }
        let type: ValueType
        do { type = try op.rule.output(of: operands.map(\.type)) } catch { throw .op(value: name, error) }
        var rows = operands.first { $0.rows != .constant }?.rows ?? .constant
        if case .gather = op { rows = .replicates }
        let value = add(Value(name, type, rows))
        plan.steps.append(Step(op, inputs, value))
        return value
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
