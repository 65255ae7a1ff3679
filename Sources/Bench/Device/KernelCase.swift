import Scrubjay

/// A step at a size that is measured on a device.
struct KernelCase {
    /// As its figure is called: `product/4096x4096x4096`.
    var name: String
    /// The step of a number: steps may differ by the tables that they read.
    var op: (Int) -> Op
    var operands: [KernelOperand]
    var replicates: Int
    /// Index tables that its steps read, whatever their number.
    var tables = 1
    /// How what is picked is kept.
    var storage = Storage.f32
    /// Floating-point operations of a launch, where they are counted otherwise than the op counts them.
    var operations: Double?

    init(_ name: String, _ op: Op, _ operands: [KernelOperand], replicates: Int) {
        (self.name, self.op, self.operands, self.replicates) = (name, { _ in op }, operands, replicates)
    }

    /// One whose steps read tables of their own.
    init(
        _ name: String, _ operands: [KernelOperand], replicates: Int, tables: Int, op: @escaping (Int) -> Op
    ) {
        (self.name, self.op, self.operands, self.replicates) = (name, op, operands, replicates)
        self.tables = tables
    }

    /// What a step costs, as the op counts it, and an index for each row that is picked.
    func step() throws -> StepWork {
        let op = op(0)
        let output = try op.rule.output(of: operands.map(\.type))
        let inputs = operands.enumerated().map { Value("input \($0)", $1.type, $1.rows) }
        var work = StepWork(op, inputs: inputs, output: Value("output", output, .replicates))
        work.bytes += Double(4 * operands.indices.count { op.table(ofInput: $0) != nil })
        if storage == .f16 {
            work.bytes -= Double(operands.reduce(0) { $0 + ($1.rows == .dataset ? $1.type.bytes / 2 : 0) })
        }
        return work
    }

    /// What a launch computes and moves.
    func work() throws -> (operations: Double, bytes: Double) {
        let step = try step()
        return (
            operations ?? step.operations * Double(replicates), step.bytes * Double(replicates) + step.bytesPerChunk
        )
    }

    /// Rows of the dataset axis: of what is picked as many as it says, of other rows few enough that binding them takes no
    /// time.
    var datasetRows: Int {
        for case .picked(let rows) in operands.map(\.place) { return rows }
        let widest = operands.filter { $0.rows == .replicates }.map(\.type.bytes).max() ?? 4
        return max(1, min(replicates, (32 << 20) / max(1, widest)))
    }
}
