internal import ScrubCore
internal import ScrubOps

struct MergePositionsRoutine: Routine {
    private let picks: [MergePositions.Pick]
    /// Bytes of what stands at one position.
    private let bytes: Int

    init(_ op: MergePositions, _ output: ValueType) {
        picks = op.picks
        bytes = 4 * output.shape.axes.dropFirst().reduce(1) { $0 * $1.count }
    }

    func run(_ frame: borrowing Frame) {
        for row in 0..<frame.rows {
            var to = frame.output + row * picks.count * bytes
            for pick in picks.prefix(frame.positions(row, of: picks.count)) {
                let from = frame.input(pick.input)
                to.copyMemory(from: from.base + 4 * row * from.stride + pick.position * bytes, byteCount: bytes)
                to += bytes
            }
        }
    }
}
