internal import CMicroKernels

/// `C = A B + bias`, blocked over the micro-kernels of one instruction set.
///
/// Each element is one chain of fused multiply-adds, k ascending, that starts from the bias. Tiles, blocks and edges
/// cut the work but never a chain, so that an element depends on its own row of A and column of B alone.
public struct MatrixProduct: Sendable {
    /// Rows of A in one tile.
    let tileRows: Int
    /// Floats in one vector; a panel of B is two vectors wide.
    let lanes: Int
    private nonisolated(unsafe) let kernels: UnsafePointer<scrub_micro_kernel>
    nonisolated(unsafe) let mixKernels: UnsafePointer<scrub_mix_kernel>

    /// Nil when this CPU lacks the instruction set.
    public init?(_ set: InstructionSet) {
        guard let found = set.kernels?.pointee else { return nil }
        tileRows = Int(found.rows)
        lanes = Int(found.lanes)
        kernels = found.kernels
        mixKernels = found.mix_kernels
    }

    /// How much of k a panel is swept by at a time: 256 rows of a 16-wide panel fill half of a first-level cache
    /// of 32 KiB.
    static let innerBlock = 256
    /// How many rows of A pass all panels at a time, so that they stay in the second-level cache.
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
                let to = min(panels.inner, from + Self.innerBlock)
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
            let variant = width == lanes ? kernels : kernels + tileRows
            let used = min(panels.columns - column, width)
            var row = rows.lowerBound
            while row < rows.upperBound {
                let count = min(tileRows, rows.upperBound - row)
                defer { row += count }
                if let reach, column >= reach[row / tileRows] { continue }
                variant[count - 1](
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
        let padded = Panels.paddedColumns(columns, lanes)
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
                            let panels = Panels(base, inner: inner, columns: columns, lanes: lanes)
                            panels.pack(b, stride: columns)
                            multiply(rows: rows, a, stride: inner, panels, start: starts, into: c, stride: columns)
                        }
                    }
                }
            }
        }
    }
}
