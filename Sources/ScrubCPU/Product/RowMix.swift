internal import CMicroKernels

/// B with its rows as they lie, or packed in panels: what a pattern mixes.
struct MixedRows {
    let base: UnsafePointer<Float>
    let (inner, columns): (Int, Int)
    /// Whether columns lie in panels, one after the other; otherwise rows do.
    let isPacked: Bool

    init(_ panels: Panels) {
        (base, inner, columns, isPacked) = (UnsafePointer(panels.base), panels.inner, panels.columns, true)
    }

    init(_ b: UnsafePointer<Float>, inner: Int, columns: Int) {
        (base, self.inner, self.columns, isPacked) = (b, inner, columns, false)
    }
}

extension MatrixProduct {
    /// Multiplies rows of A, each as far as an end of its own, by B: chains that start from 0, k ascending.
    ///
    /// What lies beyond a row's end takes no part, not even where it is not finite.
    func mix(
        rows: Int, _ a: UnsafePointer<Float>, stride lda: Int, ends: UnsafePointer<Int>, _ b: MixedRows,
        into c: UnsafeMutablePointer<Float>, stride ldc: Int
    ) {
        let last = furthest(ends, rows)
        var from = 0
        repeat {
            let to = min(last, from + innerBlock)
            var column = 0
            while column < b.columns {
                let width = width(of: b.columns - column)
                let (panel, ldb) =
                    b.isPacked ? (b.base + column * b.inner, width) : (b.base + column, b.columns)
                let tile = tiles(across: width)
                let used = min(b.columns - column, width)
                var row = 0
                while row < rows {
                    let count = min(Int(tile.rows), rows - row)
                    if from == 0 || furthest(ends + row, count) > from {
                        tile.mix_kernels[count - 1](
                            from, to, ends + row, a + row * lda, lda, panel, ldb, c + row * ldc + column, ldc, used)
                    }
                    row += count
                }
                column += width
            }
            from = to
        } while from < last
    }

    @inline(__always)
    private func furthest(_ ends: UnsafePointer<Int>, _ count: Int) -> Int {
        var most = 0
        for i in 0..<count where ends[i] > most { most = ends[i] }
        return most
    }
}
