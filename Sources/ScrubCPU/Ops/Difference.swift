internal import ScrubCore
internal import ScrubOps

struct DifferenceRoutine: Routine {
    private let count: Int

    init(_ output: ValueType) { count = output.shape.count }

    func run(_ frame: borrowing Frame) {
        for row in 0..<frame.rows {
            map(count, frame.input(0).floats(row), frame.input(1).floats(row), into: frame.floats + row * count) {
                $0 - $1
            }
        }
    }
}
