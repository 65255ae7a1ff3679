import ScrubCore
import ScrubOpenCL
import ScrubOps
import ScrubPlan

/// The first device, which every test uses: listing devices and building kernels are what takes time here.
let device = try? OpenCLDevice.all().first

/// A plan under construction, with the bindings that go with it.
struct Sketch {
    var plan = Plan(tables: [Table(key: "reference")])
    var bound: [InputSource: HostTensor] = [:]

    mutating func bind(_ source: InputSource, _ shape: Shape, _ tensor: HostTensor) -> Int {
        let isColumn = if case .column = source { true } else { false }
        plan.values.append(Value("\(source)", ValueType(shape, tensor.type), isColumn ? .dataset : .constant))
        plan.inputs.append(Input(value: plan.values.count - 1, source: source))
        bound[source] = tensor
        return plan.values.count - 1
    }

    mutating func step(_ name: String, _ op: Op, _ inputs: [Int], root: Bool = false) throws -> Int {
        let type = try op.rule.output(of: inputs.map { plan.values[$0].type })
        let isGather = op.table(ofInput: 0) != nil
        let onReplicates = isGather || inputs.contains { plan.values[$0].rows == .replicates }
        plan.values.append(Value(name, type, onReplicates ? .replicates : .dataset))
        plan.steps.append(Step(op, inputs, plan.values.count - 1))
        if root { plan.roots.append(Root(name, plan.values.count - 1)) }
        return plan.values.count - 1
    }

    func run(on backend: OpenCLBackend, rows: Int, tables: [[Int32]] = [[]]) throws -> RunResult {
        let bindings = Bindings(datasetRows: rows, replicates: tables[0].count, inputs: bound, tables: tables)
        return try backend.prepare(plan).run(bindings)
    }
}

/// A fixed sequence in -1...1 that has no structure a kernel could get right by accident.
func numbers(_ count: Int, seed: UInt64) -> [Float] {
    (0..<count).map { i in
        let bits = RandomStream(seed: 7, key: seed).bits(replicate: UInt64(i)) >> 40
        return Float(bits) / Float(1 << 23) - 1
    }
}

/// Whole numbers in 0..<bound.
func integers(_ count: Int, below bound: Int, seed: UInt64) -> [Int32] {
    (0..<count).map { Int32(RandomStream(seed: 7, key: seed).bits(replicate: UInt64($0)) % UInt64(bound)) }
}
