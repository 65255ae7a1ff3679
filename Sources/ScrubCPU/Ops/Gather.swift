internal import ScrubCore
internal import ScrubOps

struct GatherRoutine: Routine {
    private let table: Int
    private let count: Int

    init(_ op: Gather, _ output: ValueType) {
        table = op.table
        count = output.shape.count
    }

    func run(_ frame: borrowing Frame) {
        let rows = frame.bound.tables[table] + frame.first
        let bytes = 4 * count
        for row in 0..<frame.rows {
            (frame.output + row * bytes).copyMemory(
                from: frame.input(0).base + Int(rows[row]) * bytes, byteCount: bytes)
        }
    }
}
