internal import ScrubCore
internal import ScrubOps

struct GatherRoutine: Routine {
    private let table: Int
    private let (vectors, width): (Int, Int)

    init(_ op: Gather, _ output: ValueType) {
        table = op.table
        (vectors, width) = (output.shape.vectors, output.shape.width)
    }

    func run(_ frame: borrowing Frame) {
        let rows = frame.bound.tables[table] + frame.first
        let bytes = 4 * vectors * width
        for row in 0..<frame.rows {
            (frame.output + row * bytes).copyMemory(
                from: frame.input(0).floats(Int(rows[row])),
                byteCount: 4 * frame.positions(row, of: vectors) * width)
        }
    }
}
