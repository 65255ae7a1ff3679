internal import ScrubCore
internal import ScrubOps

struct AttentionPatternRoutine: Routine {
    private let pattern: HeadPattern
    private let masked: Bool

    init(_ op: AttentionPattern, _ inputs: [ValueType], _ product: MatrixProduct) {
        masked = inputs.count == 3
        pattern = HeadPattern(op, inputs[0].shape, inputs[1].shape, masked: masked, product)
    }

    var scratch: Int { pattern.scratch }

    func run(_ frame: borrowing Frame) {
        let sources = pattern.keys
        var y = frame.floats
        for row in 0..<frame.rows {
            let keys = pattern.pack(
                frame.input(1).floats(row), mask: masked ? frame.input(2).floats(row) : nil, in: frame.scratch)
            let q = frame.input(0).floats(row)
            var query = 0
            while query < pattern.queries {
                let rows = query..<min(pattern.queries, query + pattern.tileRows)
                pattern.tile(rows, q, keys)
                for i in rows {
                    let limit = pattern.limits[i]
                    y.update(from: keys.tile + (i - query) * pattern.stride, count: limit)
                    (y + limit).update(repeating: 0, count: sources - limit)
                    y += sources
                }
                query = rows.upperBound
            }
        }
    }
}

/// The pattern of one head, a tile of query rows at a time, in scratch memory.
struct HeadPattern: Sendable {
    let (queries, keys): (Int, Int)
    /// For each query row, how many keys take part.
    let limits: [Int]
    /// Query rows in a tile.
    var tileRows: Int { product.tileRows }
    /// Floats from one row of a tile to the next: whole vectors, of the product's and of ours.
    let stride: Int
    private let product: MatrixProduct
    private let scale: Float
    private let width: Int
    private let masked: Bool

    /// The keys of one row of the plan, and where a tile goes.
    struct Packed {
        let panels: Panels
        let mask: UnsafeMutablePointer<Float>
        let zeros: UnsafePointer<Float>
        let tile: UnsafeMutablePointer<Float>
    }

    init(_ op: AttentionPattern, _ q: Shape, _ k: Shape, masked: Bool, _ product: MatrixProduct) {
        self.product = product
        self.masked = masked
        scale = op.scale
        (queries, keys, width) = (q.vectors, k.vectors, q.width)
        let keys = keys
        limits = (op.queries ?? Array(0..<queries)).map { op.causal ? $0 + 1 : keys }
        stride = Panels.paddedColumns(keys, max(16, product.lanes))
    }

    /// Keys packed, a tile, the mask, zeros to start from.
    var scratch: Int { width * columns + tileRows * stride + stride + columns }
    private var columns: Int { Panels.paddedColumns(keys, product.lanes) }

    func pack(
        _ k: UnsafePointer<Float>, mask given: UnsafePointer<Float>?, in scratch: UnsafeMutablePointer<Float>
    ) -> Packed {
        let panels = Panels(scratch, inner: width, columns: keys, lanes: product.lanes)
        panels.packTransposed(k, stride: width)
        let tile = scratch + width * columns
        let mask = tile + tileRows * stride
        // All bits set where the score is replaced.
        if let given { for key in 0..<keys { mask[key] = Float(bitPattern: given[key] == 0 ? .max : 0) } }
        let zeros = mask + stride
        zeros.update(repeating: 0, count: columns)
        return Packed(panels: panels, mask: mask, zeros: zeros, tile: tile)
    }

    /// Fills the tile with the probabilities of a few query rows, each as far as its own limit.
    func tile(_ rows: Range<Int>, _ q: UnsafePointer<Float>, _ packed: Packed) {
        let reach = limits[rows].max() ?? 0
        product.multiply(
            rows: rows.count, q + rows.lowerBound * width, stride: width, packed.panels, columns: reach,
            start: packed.zeros, into: packed.tile, stride: stride)
        for i in rows { normalise(packed.tile + (i - rows.lowerBound) * stride, packed.mask, limits[i]) }
    }

    /// Replaces the first `limit` scores by `exp(scale · score - greatest)`, divided by their sum, which is taken in
    /// eight lanes by key.
    private func normalise(
        _ scores: UnsafeMutablePointer<Float>, _ mask: UnsafeMutablePointer<Float>, _ limit: Int
    ) {
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
        let sum = total(lanes)
        j = 0
        while j < limit {
            scores.store(UnsafePointer(scores).vector(at: j) / sum, at: j)
            j &+= 8
        }
    }
}
