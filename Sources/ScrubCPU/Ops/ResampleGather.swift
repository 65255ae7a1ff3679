internal import CMicroKernels
internal import ScrubCore
internal import ScrubOps

struct ResampleGatherRoutine: Routine {
    private let tables: [Int?]
    private let runs: [ResampleGather.Run]
    private let count: Int
    private let math: VectorMath

    init(_ op: ResampleGather, _ output: ValueType, _ math: VectorMath) {
        self.math = math
        tables = op.terms.map(\.table)
        runs = op.runs(of: output)
        count = output.shape.count
    }

    func run(_ frame: borrowing Frame) {
        // Row by row, so that what several terms add to stays in the first-level cache.
        for row in 0..<frame.rows {
            let y = frame.floats + row * count
            for run in runs {
                let input = frame.input(run.term)
                let place = tables[run.term].map { Int(frame.bound.tables[$0][frame.first + row]) } ?? row
                let x = input.floats(place) + run.from
                if run.adds {
                    math.rows.add(run.count, y + run.to, x, y + run.to)
                } else {
                    (y + run.to).update(from: x, count: run.count)
                }
            }
        }
    }
}
