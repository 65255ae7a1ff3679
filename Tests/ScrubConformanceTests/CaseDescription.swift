import ScrubConformance
import ScrubCore
import ScrubOps
import ScrubPlan

/// A case as `expected.py` reads it: sizes, fills and steps, independent of the plan's own file format.
struct CaseDescription: Encodable {
    struct Value: Encodable {
        var sizes: [Int]
        var rows: String
    }
    struct Input: Encodable {
        var value: Int
        var key: String
        var fill: Fill
    }
    struct Step: Encodable {
        var op: Op
        var inputs: [Int]
        var output: Int
    }

    var name: String
    var datasetRows: Int
    var replicates: Int
    var values: [Value]
    var inputs: [Input]
    var tables: [[Int32]]
    var steps: [Step]
    var roots: [Int]
    /// Indices of the elements wanted.
    var recorded: [Int]

    /// Describes the first placement; the others must give the same.
    init(_ judged: ConformanceCase) {
        let placement = judged.placements[0]
        let plan = placement.plan
        name = judged.name
        datasetRows = judged.datasetRows
        replicates = placement.replicates
        values = plan.values.map { Value(sizes: $0.type.shape.axes.map(\.count), rows: $0.rows.rawValue) }
        inputs = zip(plan.inputs, judged.inputs).map {
            Input(value: $0.value, key: $1.key(caseName: judged.name), fill: $1.fill)
        }
        tables = placement.tables
        steps = plan.steps.map { Step(op: $0.op, inputs: $0.inputs, output: $0.output) }
        roots = plan.roots.map(\.value)
        recorded = judged.recorded
    }
}
