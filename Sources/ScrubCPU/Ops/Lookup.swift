internal import ScrubCore
internal import ScrubOps

struct LookupRoutine: Routine {
    private let classes: Int
    /// Elements of one entry.
    private let count: Int

    init(_ inputs: [ValueType], _ output: ValueType) {
        classes = inputs[1].shape.axes[0].count
        count = output.shape.count
    }

    func run(_ frame: borrowing Frame) {
        for row in 0..<frame.rows {
            let (index, y) = (frame.input(0).integers(row)[0], frame.floats + row * count)
            if index >= 0 && Int(index) < classes {
                y.update(from: frame.input(1).floats(row) + Int(index) * count, count: count)
            } else {
                frame.failure.report(input: 0, row: frame.first + row, value: index, bound: classes)
                y.update(repeating: 0, count: count)
            }
        }
    }
}
