internal import ScrubCore
internal import ScrubOps

/// Where the rows of a kept value begin, which lie one after another, each as far as it is read: without padding there
/// is less to write, and of memory that is never written the machine gives nothing.
struct RowStarts {
    /// By row, and behind the last: positions before it.
    private let positions: UnsafePointer<Int>
    /// Elements of a position.
    let width: Int

    static func bytes(rows: Int) -> Int { Memory.bytes(2 * (rows + 1)) }

    /// - Parameters:
    ///   - rows: of the dataset axis.
    ///   - shape: `[position, width]`.
    ///   - extent: how far rows are read; nil for all of each.
    ///   - lengths: by number of the program's padded tokens, and by row.
    init(
        rows: Int, _ shape: Shape, _ extent: Extent?, _ lengths: [UnsafePointer<Int32>], in memory: Memory
    ) throws(CPUError) {
        let positions = try memory.allocate(2, rows + 1).bindMemory(to: Int.self, capacity: rows + 1)
        let reach = extent.map { Reach(lengths: lengths[$0.lengths], table: nil, beyond: $0.beyond, least: $0.least) }
        positions[0] = 0
        for row in 0..<rows {
            positions[row + 1] = positions[row] + min(shape.vectors, reach?[row] ?? shape.vectors)
        }
        self.positions = UnsafePointer(positions)
        width = shape.width
    }

    /// Elements before a row; behind the last row, all.
    @inline(__always)
    subscript(row: Int) -> Int { positions[row] * width }

    /// Copies rows of a block, as far as they are read.
    ///
    /// - Parameters:
    ///   - rows: by number on the dataset axis.
    ///   - block: the first of them, `[rows, axes]`.
    ///   - count: elements of one.
    ///   - store: where all rows of the axis lie.
    func pack(
        _ rows: Range<Int>, _ block: UnsafePointer<Float>, count: Int, into store: UnsafeMutablePointer<Float>
    ) {
        for row in rows {
            (store + self[row]).update(
                from: block + (row - rows.lowerBound) * count, count: self[row + 1] - self[row])
        }
    }
}
