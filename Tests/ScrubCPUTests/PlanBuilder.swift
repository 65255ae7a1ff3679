import ScrubCore
import ScrubOps
import ScrubPlan

/// A plan written step by step, with bindings of fixed pseudo-random numbers.
struct PlanBuilder {
    var plan = Plan(tables: [Table(key: "reference")])
    var inputs: [InputSource: HostTensor] = [:]
    let rows: Int
    private var random = Numbers(seed: 1)

    init(rows: Int) { self.rows = rows }

    mutating func weight(_ axes: Axis...) -> Int {
        let shape = Shape(axes)
        let source = InputSource.weight("w\(plan.values.count)", slice: nil)
        inputs[source] = HostTensor(axes.map(\.count), random.floats(shape.count))
        return input(source, ValueType(shape), .constant)
    }

    mutating func column(_ name: String, _ axes: Axis...) -> Int {
        let shape = Shape(axes)
        inputs[.column(name)] = HostTensor([rows] + axes.map(\.count), random.floats(rows * shape.count))
        return input(.column(name), ValueType(shape), .dataset)
    }

    mutating func column(_ name: String, _ axes: Axis..., below bound: Int) -> Int {
        let shape = Shape(axes)
        let values = random.floats(rows * shape.count).map { Int32(($0 + 1) / 2 * Float(bound)) % Int32(bound) }
        inputs[.column(name)] = HostTensor([rows] + axes.map(\.count), values)
        return input(.column(name), ValueType(shape, .int32), .dataset)
    }

    private mutating func input(_ source: InputSource, _ type: ValueType, _ rows: Rows) -> Int {
        plan.values.append(Value("\(source)", type, rows))
        plan.inputs.append(Input(value: plan.values.count - 1, source: source))
        return plan.values.count - 1
    }

    /// A step on the row axis of what it reads; a gather's output stands on the replicate axis.
    mutating func step(_ op: Op, _ inputs: Int...) throws -> Int { try step(op, inputs) }

    mutating func step(_ op: Op, _ inputs: [Int]) throws -> Int {
        let type = try op.rule.output(of: inputs.map { plan.values[$0].type })
        var rows = inputs.map { plan.values[$0].rows }.first { $0 != .constant } ?? .dataset
        if op.table(ofInput: 0) != nil { rows = .replicates }
        plan.values.append(Value("v\(plan.values.count)", type, rows))
        plan.steps.append(Step(op, inputs, plan.values.count - 1))
        return plan.values.count - 1
    }

    mutating func root(_ name: String, _ value: Int) { plan.roots.append(Root(name, value)) }

    func bindings(_ tables: [[Int32]] = [[]]) -> Bindings {
        Bindings(datasetRows: rows, replicates: tables[0].count, inputs: inputs, tables: tables)
    }
}

/// Fixed pseudo-random numbers in -1..<1.
struct Numbers {
    private let stream: RandomStream
    private var next: UInt64 = 0

    init(seed: UInt64) { stream = RandomStream(seed: seed, key: 0) }

    mutating func floats(_ count: Int) -> [Float] {
        (0..<count).map { _ in
            next += 1
            return Float(Int32(truncatingIfNeeded: stream.bits(replicate: next))) * 0x1p-31
        }
    }
}

/// A transformer whose every size is awkward: 7 positions, width 20, heads of 9, 33 neurons.
func transformer(rows: Int, causal: Bool, gathered: Bool = false) throws -> PlanBuilder {
    var b = PlanBuilder(rows: rows)
    let (position, model, head) = (Axis(.position, 7), Axis(.model, 20), Axis(.head, 9))
    var tokens = b.column("tokens", position, below: 5)
    if gathered { tokens = try b.step(.gather(Gather(table: 0)), tokens) }
    let mask = try b.step(.paddingMask(PaddingMask(token: 4)), tokens)
    var x = try b.step(.embed(Embed()), tokens, b.weight(Axis(.vocabulary, 5), model), b.weight(position, model))
    for _ in 0..<2 {
        let normed = try b.step(.layerNorm(LayerNorm(epsilon: 1e-5)), x, b.weight(model), b.weight(model))
        var parts = [x]
        for _ in 0..<2 {
            let q = try b.step(.linear(Linear()), normed, b.weight(model, head), b.weight(head))
            let k = try b.step(.linear(Linear()), normed, b.weight(model, head))
            let v = try b.step(.linear(Linear()), normed, b.weight(model, head), b.weight(head))
            let z = try b.step(.attention(Attention(causal: causal, scale: 1 / 3)), q, k, v, mask)
            parts.append(try b.step(.linear(Linear()), z, b.weight(head, model)))
        }
        parts.append(b.weight(model))
        x = try b.step(.sum(Sum()), parts)
        let hidden = try b.step(.linear(Linear()), x, b.weight(model, Axis(.neuron, 33)), b.weight(Axis(.neuron, 33)))
        let active = try b.step(.activation(Activation(causal ? .geluTanh : .gelu)), hidden)
        x = try b.step(.sum(Sum()), x, b.step(.linear(Linear()), active, b.weight(Axis(.neuron, 33), model)))
    }
    b.root("stream", x)
    let logits = try b.step(.linear(Linear()), x, b.weight(model, Axis(.logit, 2)))
    let first = try b.step(.selectPositions(SelectPositions([0])), logits)
    var labels = b.column("labels", Axis(.position, 1), below: 2)
    if gathered { labels = try b.step(.gather(Gather(table: 0)), labels) }
    b.root("loss", try b.step(.binaryCrossEntropy(BinaryCrossEntropy()), first, labels))
    return b
}
