internal import ScrubCore
internal import ScrubOps

struct SelectPositionsRoutine: Routine {
    private let positions: [Int]
    /// Bytes of what stands at one position.
    private let bytes: Int

    init(_ op: SelectPositions, _ output: ValueType) {
        positions = op.positions
        bytes = 4 * output.shape.axes.dropFirst().reduce(1) { $0 * $1.count }
    }

    func run(_ frame: borrowing Frame) {
        var to = frame.output
        for row in 0..<frame.rows {
            let from = frame.input(0).base + 4 * row * frame.input(0).stride
            for position in positions {
                to.copyMemory(from: from + position * bytes, byteCount: bytes)
                to += bytes
            }
        }
    }
}
