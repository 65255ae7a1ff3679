internal import CMicroKernels
internal import ScrubCore
internal import ScrubOps

struct AttentionPatternRoutine: Routine {
    private let pattern: HeadPattern
    private let masked: Bool

    init(_ op: AttentionPattern, _ inputs: [ValueType], _ kernels: Kernels) {
        masked = inputs.count == 3
        pattern = HeadPattern(op, inputs[0].shape, inputs[1].shape, kernels)
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
    private let math: VectorMath
    private let scale: Float
    private let width: Int

    /// The keys of one row of the plan, and where a tile goes.
    struct Packed {
        let panels: Panels
        /// One float for each key; nil where none is masked.
        let mask: UnsafePointer<Float>?
        let zeros: UnsafePointer<Float>
        let tile: UnsafeMutablePointer<Float>
    }

    init(_ op: AttentionPattern, _ q: Shape, _ k: Shape, _ kernels: Kernels) {
        product = kernels.product
        math = kernels.math
        scale = op.scale
        (queries, keys, width) = (q.vectors, k.vectors, q.width)
        let keys = keys
        limits = (op.queries ?? Array(0..<queries)).map { op.causal ? $0 + 1 : keys }
        stride = Panels.paddedColumns(keys, max(16, product.lanes))
    }

    /// Keys packed, a tile, zeros to start from.
    var scratch: Int { width * columns + tileRows * stride + columns }
    private var columns: Int { Panels.paddedColumns(keys, product.lanes) }

    func pack(
        _ k: UnsafePointer<Float>, mask: UnsafePointer<Float>?, in scratch: UnsafeMutablePointer<Float>
    ) -> Packed {
        let panels = Panels(scratch, inner: width, columns: keys, lanes: product.lanes)
        panels.packTransposed(k, stride: width)
        let tile = scratch + width * columns
        let zeros = tile + tileRows * stride
        zeros.update(repeating: 0, count: columns)
        return Packed(panels: panels, mask: mask, zeros: zeros, tile: tile)
    }

    /// Fills the tile with the probabilities of a few query rows, each as far as its own limit.
    func tile(_ rows: Range<Int>, _ q: UnsafePointer<Float>, _ packed: Packed) {
        let reach = limits[rows].max() ?? 0
        product.multiply(
            rows: rows.count, q + rows.lowerBound * width, stride: width, packed.panels, columns: reach,
            start: packed.zeros, into: packed.tile, stride: stride)
        let (scale, stride) = (scale, stride)
        limits.withUnsafeBufferPointer { limits in
            guard let limits = limits.baseAddress else { return }
            math.rows.softmax(
                rows.count, packed.tile, stride, limits + rows.lowerBound, scale, packed.mask, Attention.maskedScore)
        }
    }
}
