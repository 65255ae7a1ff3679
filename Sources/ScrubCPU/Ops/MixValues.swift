internal import ScrubCore
internal import ScrubOps

struct MixValuesRoutine: Routine {
    private let values: ValueMix
    private let (queries, keys): (Int, Int)
    private let tileRows: Int

    init(_ inputs: [ValueType], _ product: MatrixProduct) {
        values = ValueMix(inputs[1].shape, product)
        (queries, keys) = (inputs[0].shape.vectors, inputs[0].shape.width)
        tileRows = product.tileRows
    }

    var scratch: Int { values.scratch }

    func run(_ frame: borrowing Frame) {
        for row in 0..<frame.rows {
            let packed = values.pack(frame.input(1).floats(row), in: frame.scratch)
            let (pattern, z) = (frame.input(0).floats(row), frame.floats + row * queries * values.outputs)
            var query = 0
            while query < queries {
                let rows = min(queries - query, tileRows)
                values.mix(
                    rows, pattern + query * keys, stride: keys, reach: nil, packed, into: z + query * values.outputs)
                query += rows
            }
        }
    }
}

/// The product of a few rows of a pattern with the values of one row of the plan.
struct ValueMix: Sendable {
    /// Width of a value.
    let outputs: Int
    private let keys: Int
    private let product: MatrixProduct

    init(_ v: Shape, _ product: MatrixProduct) {
        self.product = product
        (keys, outputs) = (v.vectors, v.width)
    }

    /// Values packed, zeros to start from.
    var scratch: Int { (keys + 1) * columns }
    private var columns: Int { Panels.paddedColumns(outputs, product.lanes) }

    func pack(_ v: UnsafePointer<Float>, in scratch: UnsafeMutablePointer<Float>) -> Panels {
        let panels = Panels(scratch, inner: keys, columns: outputs, lanes: product.lanes)
        panels.pack(v, stride: outputs)
        (scratch + keys * columns).update(repeating: 0, count: columns)
        return panels
    }

    /// `z[i] = Σ_j pattern[i][j] · v[j]`, j ascending as far as the last that is not 0.
    ///
    /// What a row's sum runs over depends on that row alone: the keys that all rows of the tile reach are summed
    /// together, each row's further keys continue its chains. Zeros at its end are left out, so that it is all one
    /// whether keys that take no part are there or not, even where values are not finite.
    ///
    /// - Parameter reach: for each row, how many keys are given; all of them, if nil.
    func mix(
        _ rows: Int, _ pattern: UnsafePointer<Float>, stride: Int, reach: ArraySlice<Int>?, _ packed: Panels,
        into z: UnsafeMutablePointer<Float>
    ) {
        let zeros = UnsafePointer(packed.base + keys * columns)
        withUnsafeTemporaryAllocation(of: Int.self, capacity: rows) { ends in
            var common = keys
            for i in 0..<rows {
                var end = reach.map { $0[$0.startIndex + i] } ?? keys
                while end > 0, pattern[i * stride + end - 1] == 0 { end -= 1 }
                ends[i] = end
                common = min(common, end)
            }
            product.multiply(
                rows: rows, pattern, stride: stride, packed, inner: 0..<common, start: zeros, into: z, stride: outputs)
            for i in 0..<rows where common < ends[i] {
                product.multiply(
                    rows: 1, pattern + i * stride, stride: stride, packed, inner: common..<ends[i], start: nil,
                    into: z + i * outputs, stride: outputs)
            }
        }
    }
}
