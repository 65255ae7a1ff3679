import Scrubjay

/// The steps of a case, so many of them after each other on the replicate axis, with nothing between and nothing that is
/// returned: what one more of them takes is what its kernels take.
///
/// Each step reads the next of several sets of operands, so many that what one reads has left the caches when it is read
/// again. Where a step writes, the one before it wrote too: outputs are to be larger than a cache.
struct KernelPlan {
    let measured: KernelCase
    let sets: Int
    private(set) var plan: Plan
    /// Of each input, where its numbers come from.
    private var bound: [(source: InputSource, operand: KernelOperand, seed: Int)] = []
    private var zeros: [InputSource: HostTensor] = [:]
    /// By set, the values that a step reads.
    private var operands: [[Int]] = []

    /// - Parameter further: steps beyond one for each set.
    init(_ measured: KernelCase, further: Int, coldBytes: Int) throws {
        self.measured = measured
        let (tables, bytes) = (measured.tables, try measured.work().bytes)
        // What is picked is cold by the size of its source.
        let isPicked = measured.operands.contains { $0.rows == .dataset }
        sets = isPicked ? 1 : max(1, min(16, Int((Double(coldBytes) / bytes).rounded(.up))))
        plan = Plan(tables: [Table(key: "reference")] + (1..<max(2, tables)).map { Table(key: "draw \($0)") })
        plan.chunks = Chunks(dataset: measured.datasetRows, replicates: measured.replicates)
        for set in 0..<sets { try bind(set) }
        for step in 0..<sets + further { try add(measured.op(step), operands[step % sets], "output \(step)") }
    }

    private mutating func bind(_ set: Int) throws {
        var found: [Int] = []
        for (number, operand) in measured.operands.enumerated() {
            let name = "\(set).\(number)"
            let isConstant = operand.rows == .constant
            let source: InputSource = isConstant ? .weight(name, slice: nil) : .column(name)
            var value = plan.values.count
            plan.values.append(Value(name, operand.type, isConstant ? .constant : .dataset))
            plan.inputs.append(Input(value: value, source: source))
            bound.append((source, operand, 100 * set + number))
            if case .row = operand.place { value = try add(.gather(Gather(table: 0)), [value], "row \(name)") }
            if case .picked = operand.place, measured.storage == .f16 { value = try addKept(value, operand, name) }
            found.append(value)
        }
        operands.append(found)
    }

    /// What is bound is kept as it is: half precision is for what was computed.
    private mutating func addKept(_ column: Int, _ operand: KernelOperand, _ name: String) throws -> Int {
        let (zero, kept) = (plan.values.count, plan.values.count + 1)
        let source = InputSource.weight("zero \(name)", slice: nil)
        plan.values.append(Value("zero \(name)", operand.type, .constant))
        plan.values.append(Value("kept \(name)", operand.type, .dataset))
        plan.inputs.append(Input(value: zero, source: source))
        plan.steps.append(Step(.sum(Sum()), [column, zero], kept))
        zeros[source] = HostTensor(
            operand.type.shape.axes.map(\.count), [Float](repeating: 0, count: operand.type.shape.count))
        return kept
    }

    @discardableResult
    private mutating func add(_ op: Op, _ operands: [Int], _ name: String) throws -> Int {
        let value = plan.values.count
        plan.values.append(Value(name, try op.rule.output(of: operands.map { plan.values[$0].type }), .replicates))
        plan.steps.append(Step(op, operands, value))
        return value
    }

    /// The same for every plan of a case, whatever its steps.
    ///
    /// - Complexity: O(elements), of which there may be a billion: ask once.
    var data: DatasetBindings {
        var inputs = zeros
        for (source, operand, seed) in bound {
            inputs[source] = operand.tensor(
                rows: operand.rows == .constant ? nil : measured.datasetRows, seed: seed)
        }
        return DatasetBindings(rows: measured.datasetRows, inputs: inputs)
    }

    /// Tells nobody how far a run is.
    @Sendable static func unobserved(_: RunProgress) {}

    /// For every table a row for each replicate, none twice where there are enough.
    var tables: [[Int32]] {
        let rows = measured.datasetRows
        return plan.tables.indices.map { number in
            var order = (0..<rows).map { Int32($0) }
            var generator = SeededGenerator(seed: UInt64(number + 1))
            order.shuffle(using: &generator)
            return (0..<measured.replicates).map { order[$0 % rows] }
        }
    }

    /// Returns some positions of the first step's output.
    mutating func returnPositions(_ positions: [Int]) throws {
        guard let output = plan.values.firstIndex(where: { $0.name == "output 0" }) else { return }
        let value = try add(.selectPositions(SelectPositions(positions)), [output], "sampled")
        plan.roots.append(Root("sampled", value))
    }

    /// What binds an operand of the first set.
    func source(_ number: Int) -> InputSource { bound[number].source }
}

/// Random numbers that are the same every time.
private struct SeededGenerator: RandomNumberGenerator {
    private let stream: RandomStream
    private var number: UInt64 = 0

    init(seed: UInt64) { stream = RandomStream(seed: seed, key: 1) }

    mutating func next() -> UInt64 {
        defer { number += 1 }
        return stream.bits(replicate: number)
    }
}
