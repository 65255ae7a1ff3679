internal import CMicroKernels

/// `C = A B + bias`, blocked over the micro-kernels of one instruction set.
///
/// Each element is one chain of fused multiply-adds, k ascending, that starts from the bias. Tiles, blocks and edges
/// cut the work but never a chain, so that an element depends on its own row of A and column of B alone.
public struct MatrixProduct: Sendable {
    /// Rows of A in one tile, or in a few tiles of wide panels.
    let tileRows: Int
    /// Floats in one vector.
    let lanes: Int
    /// Floats in a row of the widest panel of B.
    private let widest: Int
    /// How much of k a panel is swept by at a time.
    let innerBlock: Int
    private nonisolated(unsafe) let tiles: UnsafePointer<scrub_tiles>

    /// Nil when this CPU lacks the instruction set.
    public init?(_ set: InstructionSet) {
        guard let found = set.kernels?.pointee else { return nil }
        tiles = found.tiles
        tileRows = Int(tiles.pointee.rows)
        lanes = Int(found.lanes)
        widest = Int(found.vectors) * lanes
        innerBlock = Int(found.inner)
    }

    /// Columns with those added to fill the last vector.
    func paddedColumns(_ columns: Int) -> Int { columns.up(toMultipleOf: lanes) }

    /// Width of the panel that begins where so many columns are left.
    @inline(__always)
    func width(of columns: Int) -> Int { min(widest, (columns + lanes - 1) & -lanes) }

    /// The kernels for panels so wide.
    @inline(__always)
    func tiles(across width: Int) -> scrub_tiles { tiles[width / lanes - 1] }

    /// How many rows of A pass all panels at a time, so that they stay in a second-level cache of 1 MiB.
    private static let outerBlock = 240

    /// Multiplies `rows` rows of A by packed B.
    ///
    /// - Parameters:
    ///   - reach: for each tile of rows, the column from which on panels are left out; nil for none.
    ///   - start: what the chains start from, `panels.paddedColumns` floats.
    /// - Complexity: O(rows × inner × columns).
    func multiply(
        rows: Int, _ a: UnsafePointer<Float>, stride lda: Int, _ panels: Panels, reach: UnsafePointer<Int>? = nil,
        start: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>, stride ldc: Int
    ) {
        var top = 0
        while top < rows {
            let bottom = min(rows, top + Self.outerBlock)
            var from = 0
            repeat {
                let to = min(panels.inner, from + innerBlock)
                block(top..<bottom, a, lda, panels, from..<to, reach, from == 0 ? start : nil, c, ldc)
                from = to
            } while from < panels.inner
            top = bottom
        }
    }

    private func block(
        _ rows: Range<Int>, _ a: UnsafePointer<Float>, _ lda: Int, _ panels: Panels, _ inner: Range<Int>,
        _ reach: UnsafePointer<Int>?, _ start: UnsafePointer<Float>?, _ c: UnsafeMutablePointer<Float>, _ ldc: Int
    ) {
        var column = 0
        while column < panels.columns {
            let width = panels.width(at: column)
            let b = panels.base + column * panels.inner + inner.lowerBound * width
            let tile = tiles(across: width)
            let used = min(panels.columns - column, width)
            var row = rows.lowerBound
            while row < rows.upperBound {
                let count = min(Int(tile.rows), rows.upperBound - row)
                defer { row += count }
                if let reach, column >= reach[row / tileRows] { continue }
                tile.kernels[count - 1](
                    inner.count, a + row * lda + inner.lowerBound, lda, b, start.map { $0 + column },
                    c + row * ldc + column, ldc, used)
            }
            column += width
        }
    }

    /// `A B + bias` for whole arrays in row-major order, as the engine computes it: for tests and benchmarks.
    ///
    /// - Parameters:
    ///   - a: `[rows, inner]`.
    ///   - b: `[inner, columns]`.
    ///   - bias: `[columns]`.
    ///   - rows: of A.
    ///   - inner: columns of A, rows of B.
    ///   - columns: of B.
    public func callAsFunction(
        _ a: [Float], _ b: [Float], bias: [Float]? = nil, rows: Int, inner: Int, columns: Int
    ) -> [Float] {
        precondition(a.count == rows * inner && b.count == inner * columns && bias?.count ?? columns == columns)
        let padded = paddedColumns(columns)
        let starts = (bias ?? []) + [Float](repeating: 0, count: padded - (bias?.count ?? 0))
        var packed = [Float](repeating: 0, count: inner * padded)
        return packed.withUnsafeMutableBufferPointer { packed in
            b.withUnsafeBufferPointer { b in
                a.withUnsafeBufferPointer { a in
                    starts.withUnsafeBufferPointer { starts in
                        [Float](unsafeUninitializedCapacity: rows * columns) { c, count in
                            count = rows * columns
                            guard let base = packed.baseAddress, let b = b.baseAddress, let a = a.baseAddress,
                                let c = c.baseAddress, let starts = starts.baseAddress
                            else { return }
                            let panels = Panels(base, inner: inner, columns: columns, self)
                            panels.pack(b, stride: columns)
                            multiply(rows: rows, a, stride: inner, panels, start: starts, into: c, stride: columns)
                        }
                    }
                }
            }
        }
    }
}
