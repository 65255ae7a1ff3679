import ScrubCore
import ScrubOps
import ScrubPlan

/// An engine of a hundred lines in float64: what the suite must pass, and, with a mistake put in, what it must fail.
struct ReferenceBackend: Backend {
    /// One row of one step: what a mistake may look at.
    struct Row {
        var op: Op
        var inputs: [[Double]]
        var types: [ValueType]
        var row: Int
        var rows: Int
        var chunk: Int
    }

    /// Changes a step's output for one row. The right engine changes nothing.
    var mistake: @Sendable (Row, inout [Double]) -> Void = { _, _ in }
    /// The row that a gather takes, given the table and the replicate.
    var taken: @Sendable ([Int32], Int, Chunks) -> Int = { table, replicate, _ in Int(table[replicate]) }
    /// Changes what is returned.
    var returned: @Sendable (inout [String: HostTensor]) throws -> Void = { _ in }

    var identity: BackendIdentity { BackendIdentity(name: "reference", device: "float64", driver: "none") }

    func prepare(_ plan: Plan) throws -> any PreparedPlan { Prepared(backend: self, plan: plan) }

    private struct Prepared: PreparedPlan {
        let backend: ReferenceBackend
        let plan: Plan

        func peakBytes(datasetRows: Int, replicates: Int) -> Int { 0 }

        func run(
            _ data: DatasetBindings, progress: @Sendable (RunProgress) -> Void,
            _ body: (any ReplicateRun, [String: HostTensor]) throws -> Void
        ) throws -> RunRecord {
            try data.check(against: plan)
            // By value: one array for each row, or one in all for a constant.
            var values: [Int: [[Double]]] = [:]
            for input in plan.inputs {
                let elements = data.inputs[input.source]?.doubles ?? []
                let count = plan.values[input.value].type.shape.count
                values[input.value] = (0..<elements.count / count).map { ReferenceOps.vector(elements, $0, count) }
            }
            let roots = try roots(on: .dataset, &values, rows: data.rows, tables: [])
            try body(Replicates(prepared: self, values: values, datasetRows: data.rows), roots)
            return RunRecord()
        }

        func roots(
            on axis: Rows, _ values: inout [Int: [[Double]]], rows: Int, tables: [[Int32]]
        ) throws -> [String: HostTensor] {
            for step in plan.steps(on: axis) { values[step.output] = compute(step, values, rows: rows, tables) }
            var roots: [String: HostTensor] = [:]
            for root in plan.roots where plan.values[root.value].rows == axis {
                let type = plan.values[root.value].type
                let found = values[root.value] ?? []
                let sizes = [found.count] + type.shape.axes.map(\.count)
                roots[root.name] =
                    type.element == .int32
                    ? HostTensor(sizes, found.flatMap { $0.map { Int32($0) } })
                    : HostTensor(sizes, found.flatMap { $0.map { Float($0) } })
            }
            try backend.returned(&roots)
            return roots
        }

        private func compute(
            _ step: Step, _ values: [Int: [[Double]]], rows: Int, _ tables: [[Int32]]
        ) -> [[Double]] {
            let output = plan.values[step.output]
            let chunk = output.rows == .dataset ? plan.chunks.dataset : plan.chunks.replicates
            return (0..<rows).map { row in
                let inputs = step.inputs.enumerated().map { place, number -> [Double] in
                    let held = values[number] ?? []
                    if let table = step.op.table(ofInput: place) {
                        return held[backend.taken(tables[table], row, plan.chunks)]
                    }
                    return plan.values[number].rows == .constant ? held[0] : held[row]
                }
                let types = step.inputs.map { plan.values[$0].type }
                var result = ReferenceOps.evaluate(step.op, inputs, types)
                let seen = Row(op: step.op, inputs: inputs, types: types, row: row, rows: rows, chunk: chunk)
                backend.mistake(seen, &result)
                return result
            }
        }
    }

    private struct Replicates: ReplicateRun {
        let prepared: Prepared
        let values: [Int: [[Double]]]
        let datasetRows: Int

        var record: RunRecord { RunRecord() }

        func run(_ tables: [[Int32]]) throws -> [String: HostTensor] {
            let count = tables.first?.count ?? 0
            try prepared.plan.check(tables, replicates: count, datasetRows: datasetRows)
            var values = values
            return try prepared.roots(on: .replicates, &values, rows: count, tables: tables)
        }
    }
}

extension HostTensor {
    var doubles: [Double] {
        switch elements {
        case .float32(let values): values.map(Double.init)
        case .int32(let values): values.map(Double.init)
        }
    }
}
