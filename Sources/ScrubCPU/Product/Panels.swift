/// B as the micro-kernels read it: panels two vectors wide, the last one vector where that is enough, `[inner][width]`
/// each and zero-padded, one after the other.
struct Panels {
    let base: UnsafeMutablePointer<Float>
    let inner: Int
    let columns: Int
    private let lanes: Int

    /// `base` has room for `inner × paddedColumns` floats.
    init(_ base: UnsafeMutablePointer<Float>, inner: Int, columns: Int, lanes: Int) {
        self.base = base
        self.inner = inner
        self.columns = columns
        self.lanes = lanes
    }

    /// Columns with those added to fill the last vector.
    static func paddedColumns(_ columns: Int, _ lanes: Int) -> Int { (columns + lanes - 1) / lanes * lanes }

    /// Width of the panel that begins at `column`.
    @inline(__always)
    func width(at column: Int) -> Int { columns - column <= lanes ? lanes : 2 * lanes }

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

    /// Packs B given by its columns, `[columns, inner]`: the keys of attention.
    func packTransposed(_ b: UnsafePointer<Float>, stride: Int) {
        var column = 0
        while column < columns {
            let width = width(at: column)
            let panel = base + column * inner
            for lane in Swift.stride(from: 0, to: width, by: 4) {
                transpose(
                    b + (column + lane) * stride, stride, count: columns - column - lane, into: panel + lane, width)
            }
            column += width
        }
    }

    /// Up to four columns, each contiguous in memory, side by side; zeros for those that are wanting.
    @inline(__always)
    private func transpose(
        _ b: UnsafePointer<Float>, _ stride: Int, count: Int, into panel: UnsafeMutablePointer<Float>, _ width: Int
    ) {
        guard count >= 4 else {
            for lane in 0..<4 {
                for k in 0..<inner { panel[k * width + lane] = lane < count ? b[lane * stride + k] : 0 }
            }
            return
        }
        var k = 0
        while k + 4 <= inner {
            let raw = UnsafeRawPointer(b + k)
            func row(_ i: Int) -> SIMD4<Float> {
                raw.loadUnaligned(fromByteOffset: 4 * i * stride, as: SIMD4<Float>.self)
            }
            let (r0, r1, r2, r3) = (row(0), row(1), row(2), row(3))
            let (e01, o01) = (
                SIMD4(lowHalf: r0.evenHalf, highHalf: r1.evenHalf), SIMD4(lowHalf: r0.oddHalf, highHalf: r1.oddHalf)
            )
            let (e23, o23) = (
                SIMD4(lowHalf: r2.evenHalf, highHalf: r3.evenHalf), SIMD4(lowHalf: r2.oddHalf, highHalf: r3.oddHalf)
            )
            // e01 = r0[0] r0[2] r1[0] r1[2], so its even half is column 0 of two rows, its odd half column 2.
            let to = UnsafeMutableRawPointer(panel + k * width)
            to.storeBytes(
                of: SIMD4(lowHalf: e01.evenHalf, highHalf: e23.evenHalf), toByteOffset: 0, as: SIMD4<Float>.self)
            to.storeBytes(
                of: SIMD4(lowHalf: o01.evenHalf, highHalf: o23.evenHalf), toByteOffset: 4 * width, as: SIMD4<Float>.self
            )
            to.storeBytes(
                of: SIMD4(lowHalf: e01.oddHalf, highHalf: e23.oddHalf), toByteOffset: 8 * width, as: SIMD4<Float>.self)
            to.storeBytes(
                of: SIMD4(lowHalf: o01.oddHalf, highHalf: o23.oddHalf), toByteOffset: 12 * width, as: SIMD4<Float>.self)
            k += 4
        }
        while k < inner {
            for lane in 0..<4 { panel[k * width + lane] = b[lane * stride + k] }
            k += 1
        }
    }
}
