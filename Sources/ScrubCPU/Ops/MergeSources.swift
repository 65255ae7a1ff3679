internal import ScrubCore
internal import ScrubOps

struct MergeSourcesRoutine: Routine {
    private let count: Int
    /// Neighbouring elements that come from one input, in order.
    private let runs: [(input: Int, elements: Range<Int>)]

    init(_ op: MergeSources, _ output: ValueType) {
        count = output.shape.count
        var runs: [(input: Int, elements: Range<Int>)] = []
        for (element, input) in op.choices(of: output).enumerated() {
            if let last = runs.last, last.input == input {
                runs[runs.count - 1].elements = last.elements.lowerBound..<element + 1
            } else {
                runs.append((input, element..<element + 1))
            }
        }
        self.runs = runs
    }

    func run(_ frame: borrowing Frame) {
        for row in 0..<frame.rows {
            let y = frame.floats + row * count
            for run in runs {
                let start = run.elements.lowerBound
                (y + start).update(from: frame.input(run.input).floats(row) + start, count: run.elements.count)
            }
        }
    }
}
