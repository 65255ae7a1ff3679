internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// A plan under construction: types and row axes follow from the ops, and a name that is taken gets a number.
struct PlanBuilder {
    private(set) var plan: Plan
    private var taken: Set<String> = []
    /// The values of operands that were gathered.
    private var gathered: [Operand: Int] = [:]
    /// By table, what follows the name of a value on its rows: ` @ output/others`.
    private(set) var suffixes: [String]
    /// Whether a part and what it leaves of a whole are put together as that whole: what a rewrite takes apart is then
    /// the model's own value, to the last bit, wherever all parts are of one datum.
    var joinsParts = true
    /// Whether sums of what several data give are taken datum by datum first.
    var groupsSums = false
    /// By value, on which datum it is the plain model's.
    private(set) var follows: [Follows] = []
    private var tableNumbers: [Table: Int]
    /// By value, the step that computes it.
    private(set) var writers: [Int?] = []

    /// Starts with the tables and chunks of `plan`, and nothing else.
    init(like plan: Plan) {
        self.plan = Plan(tables: plan.tables, chunks: plan.chunks)
        self.plan.recomputed = plan.recomputed
        tableNumbers = Dictionary(zip(plan.tables, plan.tables.indices)) { first, _ in first }
        suffixes = plan.tables.map(Self.suffix)
    }

    init(tables: [Table]) { self.init(like: Plan(tables: tables)) }

    private static func suffix(of table: Table) -> String { " @ \(table.key)" }

    mutating func bind(_ source: InputSource, named name: String, _ type: ValueType) -> Int {
        let isColumn = if case .column = source { true } else { false }
        let value = add(Value(name, type, isColumn ? .dataset : .constant), isColumn ? .dataset : .constant)
        plan.inputs.append(Input(value: value, source: source))
        return value
    }

    /// Binds what `plan` binds: by value of that plan, the value here.
    mutating func bindInputs(of plan: Plan) -> [Int: Int] {
        var made: [Int: Int] = [:]
        for input in plan.inputs {
            let value = plan.values[input.value]
            made[input.value] = bind(input.source, named: value.name, value.type)
        }
        return made
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
                suffixes.append(Self.suffix(of: table))
            }
            numbers.append(number)
        }
        return numbers
    }

    /// Adds a step; throws when the op does not accept its inputs.
    mutating func step(_ op: Op, _ inputs: [Int], named name: String) throws(PlannerError) -> Int {
        if joinsParts, case .sum = op, let whole = try whole(of: inputs, named: name) { return whole }
        return try add(op, inputs, named: name)
    }

    /// Adds a step where its operands let it be computed: for each dataset row, where all that vary are rows of one
    /// table.
    mutating func step(_ op: Op, _ operands: [Operand], named name: String) throws(PlannerError) -> Operand {
        if let table = commonTable(operands), !op.gathersItself {
            return .row(of: try step(op, operands.map(\.source), named: name), table: table)
        }
        if case .sum = op {
            if let whole = try whole(of: operands, named: name) { return .value(whole) }
            if groupsSums { return try sum(operands, named: name) }
        }
        return .value(try add(op, operands.map { value(of: $0) }, named: name))
    }

    /// The table whose rows all operands are but constants; nil where there is none, or more than one.
    func commonTable(_ operands: [Operand]) -> Int? {
        var common: Int?
        for operand in operands {
            switch operand {
            case .value(let value): if plan.values[value].rows != .constant { return nil }
            case .row(_, let table):
                if let common, common != table { return nil }
                common = table
            }
        }
        return common
    }

    /// The value that a step on the replicate axis reads.
    mutating func value(of operand: Operand) -> Int {
        guard case .row(let source, let table) = operand else { return operand.source }
        if let known = gathered[operand] { return known }
        let name = plan.values[source].name + suffixes[table]
        let value = add(Value(name, plan.values[source].type, .replicates), .table(table))
        writers[value] = plan.steps.count
        plan.steps.append(Step(.gather(Gather(table: table)), [source], value))
        gathered[operand] = value
        return value
    }

    /// Adds the step as it is.
    mutating func add(_ op: Op, _ inputs: [Int], named name: String) throws(PlannerError) -> Int {
        let type: ValueType
        do { type = try op.rule.output(of: inputs.map { plan.values[$0].type }) } catch {
            throw .op(value: name, error)
        }
        var rows = inputs.first { plan.values[$0].rows != .constant }.map { plan.values[$0].rows } ?? .constant
        var followed = Follows.constant
        for input in inputs { followed = followed.joined(with: follows[input]) }
        if let table = op.table(ofInput: 0) { (rows, followed) = (.replicates, .table(table)) }
        if case .resampleGather = op { (rows, followed) = (.replicates, .mixed) }
        let value = add(Value(name, type, rows), followed)
        writers[value] = plan.steps.count
        plan.steps.append(Step(op, inputs, value))
        return value
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
        writers.append(nil)
        return plan.values.count - 1
    }
}

extension Op {
    /// Whether it takes rows of what it reads by itself, so that it is not computed for the dataset's: a lookup, from a
    /// small table.
    fileprivate var gathersItself: Bool { if case .lookup = self { true } else { false } }
}
