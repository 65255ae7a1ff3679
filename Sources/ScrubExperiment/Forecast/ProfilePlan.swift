internal import Foundation
internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan
internal import ScrubPlanner

/// The same step several times over, of which nothing is returned: what one more of it costs is what it costs alone,
/// without memory and transfers.
struct ProfilePlan {
    private let op: (Int) -> Op
    /// Columns and then weights that each step reads.
    private let columns: [ValueType]
    private let weights: [Shape]
    /// Rows of the dataset axis.
    var rows: Int
    /// Replicates, where the step runs on them.
    var replicates = 0
    /// Rows to a chunk; nil for what the planner chooses.
    var chunk: Int?

    /// - Parameters:
    ///   - op: the step of a number: steps may differ by the table that they read.
    ///   - columns: the types of inputs on the dataset axis.
    ///   - weights: the shapes of constant ones.
    init(_ columns: [ValueType], _ weights: [Shape] = [], rows: Int, _ op: @escaping (Int) -> Op) {
        self.op = op
        self.columns = columns
        self.weights = weights
        self.rows = rows
    }

    /// The seconds that a run of so many steps takes: the least of a few.
    func seconds(_ steps: Int, on engine: Engine, times: Int) throws -> Double {
        let (plan, bindings) = try made(steps, engine.limits)
        let prepared = try engine.backend.prepare(plan)
        _ = try prepared.run(bindings)
        var least = Double.infinity
        for _ in 0..<times {
            least = min(least, try ContinuousClock().measure { _ = try prepared.run(bindings) }.inSeconds)
        }
        return least
    }

    private func made(_ steps: Int, _ limits: DeviceLimits) throws -> (Plan, Bindings) {
        let isGather = op(0).table(ofInput: 0) != nil
        var plan = Plan(
            tables: [Table(key: "reference")] + (1..<max(2, isGather ? steps : 1)).map { Table(key: "draw \($0)") })
        var inputs: [InputSource: HostTensor] = [:]
        func bind(_ source: InputSource, _ type: ValueType, _ rows: Rows) {
            plan.values.append(Value("\(source)", type, rows))
            plan.inputs.append(Input(value: plan.values.count - 1, source: source))
            let sizes = (rows == .dataset ? [self.rows] : []) + type.shape.axes.map(\.count)
            let count = sizes.reduce(1, *)
            inputs[source] =
                type.element == .int32
                ? HostTensor(sizes, [Int32](repeating: 0, count: count)) : HostTensor(sizes, Self.floats(count))
        }
        for (number, type) in columns.enumerated() { bind(.column("x\(number)"), type, .dataset) }
        for (number, shape) in weights.enumerated() {
            bind(.weight("w\(number)", slice: nil), ValueType(shape), .constant)
        }
        let read = Array(plan.values.indices)
        for number in 0..<steps {
            let op = op(number)
            let type = try op.rule.output(of: read.map { plan.values[$0].type })
            plan.values.append(Value("y\(number)", type, isGather ? .replicates : .dataset))
            plan.steps.append(Step(op, read, plan.values.count - 1))
        }
        let planner = Planner(limits: limits, passes: [])
        plan = try planner.stages(plan, datasetRows: rows, replicates: replicates).last?.plan ?? plan
        if let chunk { plan.chunks = Chunks(dataset: chunk, replicates: chunk) }
        let tables = plan.tables.indices.map { number in
            let stream = RandomStream(seed: 1, key: UInt64(number))
            return (0..<replicates).map { Int32(stream.bits(replicate: UInt64($0)) % UInt64(rows)) }
        }
        return (plan, Bindings(datasetRows: rows, replicates: replicates, inputs: inputs, tables: tables))
    }

    /// Numbers between -1 and 1 that are not alike.
    private static func floats(_ count: Int) -> [Float] {
        (0..<count).map { Float($0 &* 0x9E37_79B1 & 0xFFFF) / 32768 - 1 }
    }
}
