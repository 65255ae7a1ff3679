internal import CMicroKernels

/// B as the micro-kernels read it: panels as wide as the widest tile, the last one as many vectors as are left,
/// `[inner][width]` each and zero-padded, one after the other.
struct Panels {
    let base: UnsafeMutablePointer<Float>
    let inner: Int
    let columns: Int
    private let product: MatrixProduct

    /// `base` has room for `inner × paddedColumns` floats.
    init(_ base: UnsafeMutablePointer<Float>, inner: Int, columns: Int, _ product: MatrixProduct) {
        self.base = base
        self.inner = inner
        self.columns = columns
        self.product = product
    }

    /// Width of the panel that begins at `column`.
    @inline(__always)
    func width(at column: Int) -> Int { product.width(of: columns - column) }

    /// Packs row-major B, `[inner, columns]`.
    func pack(_ b: UnsafePointer<Float>, stride: Int) {
        var column = 0
        while column < columns {
            let width = width(at: column)
            let used = min(width, columns - column)
            var (from, to) = (b + column, base + column * inner)
            for _ in 0..<inner {
                to.update(from: from, count: used)
                if used < width { (to + used).update(repeating: 0, count: width - used) }
                from += stride
                to += width
            }
            column += width
        }
    }

    /// Packs B given by `count` of its columns, `[columns, inner]`: the keys of attention. Columns beyond are zero.
    func packTransposed(_ b: UnsafePointer<Float>, count: Int, _ math: VectorMath) {
        var column = 0
        while column < columns {
            let width = width(at: column)
            math.rows.transpose(
                max(0, min(width, count - column)), inner, b + column * inner, inner, base + column * inner, width)
            column += width
        }
    }
}
