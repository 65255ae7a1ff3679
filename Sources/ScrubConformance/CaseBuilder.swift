internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// Writes a case's plan by hand, step by step.
struct CaseBuilder {
    private(set) var plan = Plan(tables: [Table(key: "reference")])
    private(set) var inputs: [CaseInput] = []
    private(set) var tables: [[Int32]]
    let datasetRows: Int

    /// - Parameter reference: the reference datum of each replicate.
    init(datasetRows: Int, reference: [Int32] = [0]) {
        self.datasetRows = datasetRows
        tables = [reference]
    }

    mutating func column(_ name: String, _ shape: Shape, _ fill: Fill) -> Int { column(name, shape, .float32, fill) }

    mutating func column(_ name: String, _ shape: Shape, _ element: ElementType, _ fill: Fill) -> Int {
        input(.column(name), ValueType(shape, element), .dataset, fill)
    }

    mutating func weight(_ name: String, slice: Int? = nil, _ shape: Shape, _ fill: Fill) -> Int {
        input(.weight(name, slice: slice), ValueType(shape), .constant, fill)
    }

    mutating func statistic(_ name: String, _ shape: Shape, _ fill: Fill) -> Int {
        input(.statistic(name), ValueType(shape), .constant, fill)
    }

    /// An unconditional table with these rows.
    mutating func table(_ key: String, _ rows: [Int32]) -> Int {
        plan.tables.append(Table(key: key))
        tables.append(rows)
        return tables.count - 1
    }

    /// A step, on the row axis of what it reads. Inputs that the op refuses leave a scalar for the plan's verifier to
    /// find.
    mutating func step(_ op: Op, _ operands: Int..., name: String? = nil) -> Int { step(op, operands, name: name) }

    mutating func step(_ op: Op, _ operands: [Int], name: String? = nil) -> Int {
        let type = (try? op.rule.output(of: operands.map { plan.values[$0].type })) ?? ValueType(.scalar)
        var rows = Set(operands.map { plan.values[$0].rows }).subtracting([.constant]).first ?? .constant
        if operands.indices.contains(where: { op.table(ofInput: $0) != nil }) { rows = .replicates }
        plan.values.append(Value(name ?? "\(op.name) \(plan.values.count)", type, rows))
        plan.steps.append(Step(op, operands, plan.values.count - 1))
        return plan.values.count - 1
    }

    mutating func gather(_ value: Int, by table: Int) -> Int { step(.gather(Gather(table: table)), value) }

    mutating func root(_ name: String, _ value: Int) { plan.roots.append(Root(name, value)) }

    /// The case, with the plan as it stands.
    func finish(_ name: String, subject: String, _ tolerance: Tolerance) -> ConformanceCase {
        let placement = ConformanceCase.Placement(
            name: "as written", plan: plan, tables: tables, replicates: tables[0].count)
        return ConformanceCase(
            name: name, subject: subject, datasetRows: datasetRows, inputs: inputs, placements: [placement],
            tolerance: tolerance)
    }

    private mutating func input(_ source: InputSource, _ type: ValueType, _ rows: Rows, _ fill: Fill) -> Int {
        plan.values.append(Value("\(source)", type, rows))
        plan.inputs.append(Input(value: plan.values.count - 1, source: source))
        inputs.append(CaseInput(source: source, type: type, rows: rows, fill: fill))
        return plan.values.count - 1
    }
}
