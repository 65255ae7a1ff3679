internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// Which datum a value is the plain model's value on.
enum Follows: Hashable {
    /// Any: it is the same for all.
    case constant
    /// Each dataset row its own.
    case dataset
    case table(Int)
    /// Of several.
    case mixed

    /// What a step over those follows.
    static func of(_ inputs: some Sequence<Follows>) -> Follows {
        var found = Follows.constant
        for input in inputs where input != .constant && input != found {
            if found != .constant { return .mixed }
            found = input
        }
        return found
    }
}

/// A plan under construction: types and row axes follow from the ops, and a name that is taken gets a number.
struct PlanBuilder {
    private(set) var plan: Plan
    private var taken: Set<String> = []
    /// Whether a part and what it leaves of a whole are put together as that whole: what a rewrite takes apart is then
    /// the model's own value, to the last bit, wherever all parts are of one datum.
    var joinsParts = true
    /// Whether sums of what several data give are taken datum by datum first.
    var groupsSums = false
    /// By value, on which datum it is the plain model's.
    private var follows: [Follows] = []
    private var tableNumbers: [Table: Int]
    /// By value, the step that computes it.
    private var writers: [Int: Int] = [:]

    /// Starts with the tables and chunks of `plan`, and nothing else.
    init(like plan: Plan) {
        self.plan = Plan(tables: plan.tables, chunks: plan.chunks)
        self.plan.recomputed = plan.recomputed
        tableNumbers = Dictionary(zip(plan.tables, plan.tables.indices)) { first, _ in first }
    }

    init(tables: [Table]) { self.init(like: Plan(tables: tables)) }

    mutating func bind(_ source: InputSource, named name: String, _ type: ValueType) -> Int {
        let isColumn = if case .column = source { true } else { false }
        let value = add(Value(name, type, isColumn ? .dataset : .constant), isColumn ? .dataset : .constant)
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
        if case .sum = op {
            if joinsParts, let whole = try whole(of: inputs, named: name) { return whole }
            if groupsSums { return try sum(inputs, named: name) }
        }
        return try add(op, inputs, named: name)
    }

    /// The sum, first over what each one datum gives, in order, then over those sums: each of them is the plain model's
    /// on one datum, which is computed once, however many samples and claims there are. Constants go with the datum that
    /// gives most.
    ///
    /// Always so, with passes and without, since the order of a sum is seen in its last digits. A sum that one datum
    /// gives is as the model has it.
    private mutating func sum(_ inputs: [Int], named name: String) throws(PlannerError) -> Int {
        var groups: [(follows: Follows, inputs: [Int])] = []
        for input in inputs {
            if case .table = follows[input], let known = groups.firstIndex(where: { $0.follows == follows[input] }) {
                groups[known].inputs.append(input)
            } else if follows[input] != .constant {
                groups.append((follows[input], [input]))
            }
        }
        let plain = groups.indices.filter { if case .table = groups[$0].follows { true } else { false } }
        guard groups.count > 1, let most = plain.max(by: { groups[$0].inputs.count < groups[$1].inputs.count }) else {
            return try add(.sum(Sum()), inputs, named: name)
        }
        // As the model has them: constants between what they stand between.
        let members = Set(groups[most].inputs)
        groups[most].inputs = inputs.filter { members.contains($0) || follows[$0] == .constant }
        var terms: [Int] = []
        for group in groups {
            terms.append(
                group.inputs.count == 1
                    ? group.inputs[0]
                    : try add(.sum(Sum()), widestFirst(group.inputs), named: "\(name) of one datum"))
        }
        return try add(.sum(Sum()), widestFirst(terms), named: name)
    }

    /// With a first input that has the shape of the sum: others may be vectors that are added at each position.
    private func widestFirst(_ inputs: [Int]) -> [Int] {
        func rank(_ value: Int) -> Int { plan.values[value].type.shape.rank }
        guard let widest = inputs.indices.max(by: { rank(inputs[$0]) < rank(inputs[$1]) }) else { return inputs }
        return [inputs[widest]] + inputs[..<widest] + inputs[(widest + 1)...]
    }

    private mutating func add(_ op: Op, _ inputs: [Int], named name: String) throws(PlannerError) -> Int {
        let operands = inputs.map { plan.values[$0] }
        let type: ValueType
        do { type = try op.rule.output(of: operands.map(\.type)) } catch { throw .op(value: name, error) }
        var rows = operands.first { $0.rows != .constant }?.rows ?? .constant
        var followed = Follows.of(inputs.lazy.map { [follows] in follows[$0] })
        if let table = op.table(ofInput: 0) { (rows, followed) = (.replicates, .table(table)) }
        if case .resampleGather = op { (rows, followed) = (.replicates, .mixed) }
        let value = add(Value(name, type, rows), followed)
        writers[value] = plan.steps.count
        plan.steps.append(Step(op, inputs, value))
        return value
    }

    /// The w of `p + (w - p)`, gathered where the parts are.
    private mutating func whole(of parts: [Int], named name: String) throws(PlannerError) -> Int? {
        guard parts.count == 2, let rest = writers[parts[1]].map({ plan.steps[$0] }) else { return nil }
        if case .gather(let gather) = rest.op, let part = writers[parts[0]].map({ plan.steps[$0] }),
            part.op == rest.op
        {
            guard let whole = try whole(of: [part.inputs[0], rest.inputs[0]], named: name) else { return nil }
            return try add(.gather(gather), [whole], named: name)
        }
        guard case .difference = rest.op, isSame(parts[0], rest.inputs[1], steps: 4) else { return nil }
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

    private mutating func add(_ value: Value, _ followed: Follows) -> Int {
        var value = value
        let wanted = value.name
        var copy = 2
        while !taken.insert(value.name).inserted {
            value.name = "\(wanted) (\(copy))"
            copy += 1
        }
        plan.values.append(value)
        follows.append(followed)
        return plan.values.count - 1
    }
}
