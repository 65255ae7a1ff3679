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

        func run(_ bindings: Bindings, progress: @Sendable (RunProgress) -> Void) throws -> RunResult {
            try bindings.check(against: plan)
            // By value: one array for each row, or one in all for a constant.
            var values: [Int: [[Double]]] = [:]
            for input in plan.inputs {
                let elements = bindings.inputs[input.source]?.doubles ?? []
                let count = plan.values[input.value].type.shape.count
                values[input.value] = (0..<elements.count / count).map { ReferenceOps.vector(elements, $0, count) }
            }
            for step in plan.steps { values[step.output] = try compute(step, values, bindings) }

            var roots: [String: HostTensor] = [:]
            for root in plan.roots {
                let type = plan.values[root.value].type
                let found = values[root.value] ?? []
                let sizes = [found.count] + type.shape.axes.map(\.count)
                roots[root.name] =
                    type.element == .int32
                    ? HostTensor(sizes, found.flatMap { $0.map { Int32($0) } })
                    : HostTensor(sizes, found.flatMap { $0.map { Float($0) } })
            }
            try backend.returned(&roots)
            return RunResult(roots: roots, record: RunRecord())
        }

        private func compute(_ step: Step, _ values: [Int: [[Double]]], _ bindings: Bindings) throws -> [[Double]] {
            let output = plan.values[step.output]
            let (rows, chunk) =
                output.rows == .dataset
                ? (bindings.datasetRows, plan.chunks.dataset) : (bindings.replicates, plan.chunks.replicates)
            return (0..<rows).map { row in
                let inputs = step.inputs.map { number -> [Double] in
                    let held = values[number] ?? []
                    if case .gather(let op) = step.op {
                        return held[backend.taken(bindings.tables[op.table], row, plan.chunks)]
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
}

extension HostTensor {
    var doubles: [Double] {
        switch elements {
        case .float32(let values): values.map(Double.init)
        case .int32(let values): values.map(Double.init)
        }
    }
}
