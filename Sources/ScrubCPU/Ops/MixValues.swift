internal import ScrubCore
internal import ScrubOps

struct MixValuesRoutine: Routine {
    private let values: ValueMix

    init(_ inputs: [ValueType], _ product: MatrixProduct) {
        values = ValueMix(inputs[0].shape, inputs[1].shape, product)
    }

    var scratch: Int { values.scratch }

    func run(_ frame: borrowing Frame) {
        let (queries, keys) = (values.queries, values.keys)
        for row in 0..<frame.rows {
            let v = values.rows(of: frame.input(1).floats(row), keys, in: frame.scratch)
            let (pattern, z) = (frame.input(0).floats(row), frame.floats + row * queries * values.outputs)
            var query = 0
            while query < queries {
                let rows = min(queries - query, ValueMix.mostRows)
                values.mix(
                    rows, pattern + query * keys, stride: keys, limits: nil, v, in: frame.scratch,
                    into: z + query * values.outputs)
                query += rows
            }
        }
    }
}

/// The product of a few rows of a pattern with the values of one row of the plan.
struct ValueMix: Sendable {
    /// Most rows that are mixed at a time.
    static let mostRows = 64

    let (queries, keys): (Int, Int)
    /// Width of a value.
    let outputs: Int
    private let product: MatrixProduct
    /// Whether values are packed: where they are not one panel as they lie, do not stay in half of a first-level cache,
    /// from which a panel's rows, far apart, displace one another, and where enough rows of the pattern read them.
    private let packs: Bool

    init(_ pattern: Shape, _ v: Shape, _ product: MatrixProduct) {
        self.product = product
        (queries, keys, outputs) = (pattern.vectors, v.vectors, v.width)
        packs =
            keys * outputs > 4096 && queries > 2 * product.tileRows && outputs != product.width(of: outputs)
    }

    /// The ends of rows, then values packed.
    var scratch: Int { ends + (packs ? keys * product.paddedColumns(outputs) : 0) }
    private var ends: Int { 2 * Self.mostRows }

    /// The first so many values at `v` as they are mixed.
    func rows(of v: UnsafePointer<Float>, _ count: Int, in scratch: UnsafeMutablePointer<Float>) -> MixedRows {
        guard packs else { return MixedRows(v, inner: count, columns: outputs) }
        let panels = Panels(scratch + ends, inner: count, columns: outputs, product)
        panels.pack(v, stride: outputs)
        return MixedRows(panels)
    }

    /// `z[i] = Σ_j pattern[i][j] · v[j]`, j ascending as far as the last that is not 0.
    ///
    /// What a row's sum runs over depends on that row alone. Zeros at its end are left out, so that it is all one
    /// whether keys that take no part are there or not, even where values are not finite.
    ///
    /// - Parameter limits: for each row, how many keys are given; all of them, if nil.
    func mix(
        _ rows: Int, _ pattern: UnsafePointer<Float>, stride: Int, limits: UnsafePointer<Int>?, _ v: MixedRows,
        in scratch: UnsafeMutablePointer<Float>, into z: UnsafeMutablePointer<Float>
    ) {
        let ends = UnsafeMutableRawPointer(scratch).bindMemory(to: Int.self, capacity: rows)
        for i in 0..<rows {
            var end = limits.map { $0[i] } ?? keys
            while end > 0, pattern[i * stride + end - 1] == 0 { end -= 1 }
            ends[i] = end
        }
        product.mix(rows: rows, pattern, stride: stride, ends: ends, v, into: z, stride: outputs)
    }
}
