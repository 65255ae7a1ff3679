import Scrubjay

/// A plan of steps over columns and weights of random numbers, run as a run would, in chunks by the limits of the engine.
/// One position of each output is returned: new memory for all of them would be timed too.
struct StepPlan {
    private var plan = Plan(tables: [Table(key: "reference")])
    private var inputs: [InputSource: HostTensor] = [:]
    let rows: Int

    init(rows: Int) { self.rows = rows }

    mutating func column(_ name: String, _ shape: Shape) -> Int {
        bind(.column(name), shape, sizes: [rows] + shape.axes.map(\.count), .dataset)
    }

    mutating func weight(_ name: String, _ shape: Shape) -> Int {
        bind(.weight(name, slice: nil), shape, sizes: shape.axes.map(\.count), .constant)
    }

    private mutating func bind(_ source: InputSource, _ shape: Shape, sizes: [Int], _ rows: Rows) -> Int {
        plan.values.append(Value("\(source)", ValueType(shape), rows))
        plan.inputs.append(Input(value: plan.values.count - 1, source: source))
        let stream = RandomStream(seed: 1, key: Digest("\(source)").prefix64)
        var bits = [UInt64](repeating: 0, count: sizes.reduce(1, *))
        bits.withUnsafeMutableBufferPointer { stream.fill($0, from: 0) }
        inputs[source] = HostTensor(sizes, bits.map { Float(Int64(bitPattern: $0) >> 40) * 0x1p-23 })
        return plan.values.count - 1
    }

    /// Adds a step whose output has positions, the first of which the run returns.
    mutating func step(_ op: Op, _ operands: [Int]) throws {
        let type = try op.rule.output(of: operands.map { plan.values[$0].type })
        let value = plan.values.count
        plan.values.append(Value("output \(value)", type, .dataset))
        plan.steps.append(Step(op, operands, value))
        let first = SelectPositions([0])
        plan.values.append(Value("first of \(value)", try first.output(of: [type]), .dataset))
        plan.steps.append(Step(.selectPositions(first), [value], value + 1))
        plan.roots.append(Root("first of \(value)", value + 1))
    }

    /// The median of the seconds that a run takes on so many threads of the CPU.
    func seconds(threads: Int, _ repeats: RepeatOptions) throws -> Double {
        guard let engine = try Engine.candidates(RunOptions(backend: .cpu, threads: threads)).first else { return 0 }
        let stages = try Planner(limits: engine.limits, passes: []).stages(plan, datasetRows: rows, replicates: 1)
        let prepared = try engine.backend.prepare(stages.last?.plan ?? plan)
        let bindings = Bindings(datasetRows: rows, replicates: 0, inputs: inputs, tables: [[]])
        _ = try prepared.run(bindings)
        return try repeats.seconds { _ = try prepared.run(bindings) }
    }
}
