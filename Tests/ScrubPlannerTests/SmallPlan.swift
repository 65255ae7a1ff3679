import ScrubCPU
import ScrubCore
import ScrubOps
import ScrubPlan
import Testing

/// A plan written step by step, with bindings of fixed pseudo-random numbers: what a pass is tried on.
struct SmallPlan {
    var plan: Plan
    var inputs: [InputSource: HostTensor] = [:]
    let rows = 5
    private let tables: [[Int32]]

    /// With so many unconditional tables.
    init(tables count: Int) {
        plan = Plan(tables: [Table(key: "reference")] + (1..<count).map { Table(key: "draw \($0)") })
        tables = (0..<count).map { table in (0..<7).map { Int32(($0 * (table + 2) + table) % 5) } }
    }

    mutating func column(_ name: String, _ shape: Shape, below bound: Int? = nil) -> Int {
        let count = rows * shape.count
        let bits = (0..<count).map { RandomStream(seed: 5, key: Digest(name).prefix64).bits(replicate: UInt64($0)) }
        let sizes = [rows] + shape.axes.map(\.count)
        inputs[.column(name)] =
            bound.map { bound in HostTensor(sizes, bits.map { Int32($0 % UInt64(bound)) }) }
            ?? HostTensor(sizes, bits.map { Float($0 >> 40) * 0x1p-23 - 1 })
        return bind(.column(name), ValueType(shape, bound == nil ? .float32 : .int32), .dataset)
    }

    mutating func weight(_ name: String, _ shape: Shape) -> Int {
        let source = InputSource.weight(name, slice: nil)
        let bits = (0..<shape.count).map {
            RandomStream(seed: 6, key: Digest(name).prefix64).bits(replicate: UInt64($0))
        }
        inputs[source] = HostTensor(shape.axes.map(\.count), bits.map { Float($0 >> 40) * 0x1p-23 - 1 })
        return bind(source, ValueType(shape), .constant)
    }

    mutating func step(_ name: String, _ op: Op, _ operands: Int...) throws -> Int { try step(name, op, operands) }

    mutating func step(_ name: String, _ op: Op, _ operands: [Int]) throws -> Int {
        let type = try op.rule.output(of: operands.map { plan.values[$0].type })
        let isGather = op.table(ofInput: 0) != nil
        let onReplicates = isGather || operands.contains { plan.values[$0].rows == .replicates }
        plan.values.append(Value(name, type, onReplicates ? .replicates : .dataset))
        plan.steps.append(Step(op, operands, plan.values.count - 1))
        return plan.values.count - 1
    }

    mutating func root(_ name: String, _ value: Int) { plan.roots.append(Root(name, value)) }

    private mutating func bind(_ source: InputSource, _ type: ValueType, _ rows: Rows) -> Int {
        plan.values.append(Value("\(source)", type, rows))
        plan.inputs.append(Input(value: plan.values.count - 1, source: source))
        return plan.values.count - 1
    }

    /// Every root's bits as the CPU computes them by `plan`, which was made of this one.
    func bits(of plan: Plan) throws -> [String: [UInt32]] {
        try roots(of: plan).mapValues {
            ($0.floats ?? []).map(\.bitPattern) + ($0.integers ?? []).map { UInt32(bitPattern: $0) }
        }
    }

    /// How far the roots of `plan`, which was made of this one, lie from this one's: relative to the largest element of
    /// each, at least 1.
    func error(of plan: Plan) throws -> Double {
        let (found, expected) = (try roots(of: plan), try roots(of: self.plan))
        var worst = 0.0
        for (name, tensor) in expected {
            let (found, expected) = (try #require(found[name]?.floats), try #require(tensor.floats))
            try #require(found.count == expected.count)
            let scale = expected.map { Double(abs($0)) }.max() ?? 0
            for (a, b) in zip(found, expected) { worst = max(worst, Double(abs(a - b)) / max(1, scale)) }
        }
        return worst
    }

    private func roots(of plan: Plan) throws -> [String: HostTensor] {
        try plan.verify()
        var bound: [InputSource: HostTensor] = [:]
        for source in plan.inputs.map(\.source) {
            bound[source] = inputs[source] ?? inputs[source.stored]?.transposed
        }
        let bindings = Bindings(datasetRows: rows, replicates: tables[0].count, inputs: bound, tables: tables)
        return try CPUBackend(threads: 1).prepare(plan).run(bindings).roots
    }
}
