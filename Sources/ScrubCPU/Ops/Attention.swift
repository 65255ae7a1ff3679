internal import ScrubCore
internal import ScrubOps

struct AttentionRoutine: Routine {
    private let product: MatrixProduct
    private let scale: Float
    private let (queries, keys, width, outputs): (Int, Int, Int, Int)
    /// For each query row, how many keys take part.
    private let limits: [Int]
    private let masked: Bool
    /// Floats from one row of scores to the next: whole vectors, of the product's and of ours.
    private let scoreStride: Int

    init(_ op: Attention, _ inputs: [ValueType], _ product: MatrixProduct) {
        self.product = product
        scale = op.scale
        (queries, keys) = (inputs[0].shape.vectors, inputs[1].shape.vectors)
        (width, outputs) = (inputs[0].shape.width, inputs[2].shape.width)
        let keys = keys
        limits = (op.queries ?? Array(0..<queries)).map { op.causal ? $0 + 1 : keys }
        masked = inputs.count == 4
        scoreStride = Panels.paddedColumns(keys, max(16, product.lanes))
    }

    /// Keys and values of one row packed, a tile's scores, the row's mask, zeros to start from.
    var scratch: Int {
        width * keyColumns + keys * valueColumns + product.tileRows * scoreStride + scoreStride
            + max(keyColumns, valueColumns)
    }
    private var keyColumns: Int { Panels.paddedColumns(keys, product.lanes) }
    private var valueColumns: Int { Panels.paddedColumns(outputs, product.lanes) }

    func run(_ frame: borrowing Frame) {
        let keyPanels = Panels(frame.scratch, inner: width, columns: keys, lanes: product.lanes)
        let valuePanels = Panels(
            frame.scratch + width * keyColumns, inner: keys, columns: outputs, lanes: product.lanes)
        let scores = valuePanels.base + keys * valueColumns
        let mask = scores + product.tileRows * scoreStride
        let zeros = mask + scoreStride
        zeros.update(repeating: 0, count: max(keyColumns, valueColumns))
        mask.update(repeating: 0, count: scoreStride)
        for row in 0..<frame.rows {
            keyPanels.packTransposed(frame.input(1).floats(row), stride: width)
            valuePanels.pack(frame.input(2).floats(row), stride: outputs)
            if masked {
                let given = frame.input(3).floats(row)
                // All bits set where the score is replaced.
                for key in 0..<keys { mask[key] = Float(bitPattern: given[key] == 0 ? .max : 0) }
            }
            let (q, z) = (frame.input(0).floats(row), frame.floats + row * queries * outputs)
            var query = 0
            while query < queries {
                let rows = query..<min(queries, query + product.tileRows)
                tile(rows, q, keyPanels, valuePanels, scores, mask, zeros, z)
                query = rows.upperBound
            }
        }
    }

    /// Scores, softmax and weighted sum for a few query rows.
    ///
    /// What a row's sums run over depends on its own limit alone: the keys that all rows of the tile see are summed
    /// together, each row's further keys continue its chains.
    private func tile(
        _ rows: Range<Int>, _ q: UnsafePointer<Float>, _ keyPanels: Panels, _ valuePanels: Panels,
        _ scores: UnsafeMutablePointer<Float>, _ mask: UnsafeMutablePointer<Float>,
        _ zeros: UnsafeMutablePointer<Float>, _ z: UnsafeMutablePointer<Float>
    ) {
        var (common, reach) = (keys, 0)
        for row in rows { (common, reach) = (min(common, limits[row]), max(reach, limits[row])) }
        product.multiply(
            rows: rows.count, q + rows.lowerBound * width, stride: width, keyPanels, columns: reach, start: zeros,
            into: scores, stride: scoreStride)
        let top = z + rows.lowerBound * outputs
        withUnsafeTemporaryAllocation(of: Float.self, capacity: rows.count) { sums in
            for i in 0..<rows.count {
                sums[i] = exponentiate(scores + i * scoreStride, mask, limits[rows.lowerBound + i])
            }
            product.multiply(
                rows: rows.count, scores, stride: scoreStride, valuePanels, inner: 0..<common, start: zeros, into: top,
                stride: outputs)
            for i in 0..<rows.count {
                let (limit, out) = (limits[rows.lowerBound + i], top + i * outputs)
                if common < limit {
                    product.multiply(
                        rows: 1, scores + i * scoreStride, stride: scoreStride, valuePanels, inner: common..<limit,
                        start: nil, into: out, stride: outputs)
                }
                let sum = sums[i]
                map(outputs, UnsafePointer(out), into: out) { $0 / sum }
            }
        }
    }

    /// Replaces the first `limit` scores by `exp(scale · score - greatest)` and returns their sum, in eight lanes
    /// by key.
    private func exponentiate(
        _ scores: UnsafeMutablePointer<Float>, _ mask: UnsafeMutablePointer<Float>, _ limit: Int
    ) -> Float {
        let ascending = SIMD8<Int32>(0, 1, 2, 3, 4, 5, 6, 7)
        var most = Vector(repeating: -.infinity)
        var j = 0
        while j < limit {
            var s = UnsafePointer(scores).vector(at: j) * scale
            if masked {
                let isMasked = VectorMath.bits(UnsafePointer(mask).vector(at: j))
                s = VectorMath.select(isMasked, Vector(repeating: Attention.maskedScore), s)
            }
            // Keys from the limit on count as exp(-∞).
            if j &+ 8 > limit {
                let takesPart = (ascending &- Int32(truncatingIfNeeded: limit &- j)) &>> 31
                s = VectorMath.select(takesPart, s, Vector(repeating: -.infinity))
            }
            most = VectorMath.greater(most, s)
            scores.store(s, at: j)
            j &+= 8
        }
        let greatest = VectorMath.greatest(most)
        var lanes = Vector.zero
        j = 0
        while j < limit {
            let e = VectorMath.exp(UnsafePointer(scores).vector(at: j) - greatest)
            lanes += e
            scores.store(e, at: j)
            j &+= 8
        }
        return total(lanes)
    }
}
