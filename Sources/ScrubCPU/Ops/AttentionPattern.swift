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
        var room = pattern.room(in: frame.scratch)
        var y = frame.floats
        for row in 0..<frame.rows {
            let (q, mask) = (frame.input(0).floats(row), masked ? frame.input(2).floats(row) : nil)
            pattern.open(frame.input(1).floats(row), mask, in: &room)
            var query = 0
            while query < pattern.queries {
                let rows = query..<min(pattern.queries, query + pattern.tileRows)
                pattern.tile(rows, q, mask, in: room)
                for i in rows {
                    let limit = room.limits[i]
                    y.update(from: room.tile + (i - query) * pattern.stride, count: limit)
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
    /// Query rows in a tile: whole tiles of the product, so many that what is read of the keys for one is read for all,
    /// so few that they stay in the second-level cache.
    let tileRows: Int
    /// Floats from one row of a tile to the next: whole vectors, of the product's and of ours.
    let stride: Int
    /// For each query row, how many keys take part.
    private let limits: [Int]
    private let product: MatrixProduct
    private let math: VectorMath
    private let scale: Float
    let width: Int

    /// Where the keys of one row of the plan are packed, and where a tile goes.
    struct Room {
        let keys: Panels
        /// How many of the keys are packed: those up to the last that is not masked.
        fileprivate(set) var keyCount: Int
        let zeros: UnsafePointer<Float>
        let tile: UnsafeMutablePointer<Float>
        let limits: UnsafeMutablePointer<Int>
        /// For each of the product's tiles, how many keys take part in any of its rows.
        let reaches: UnsafeMutablePointer<Int>
    }

    init(_ op: AttentionPattern, _ q: Shape, _ k: Shape, _ kernels: Kernels) {
        product = kernels.product
        math = kernels.math
        scale = op.scale
        (queries, keys, width) = (q.vectors, k.vectors, q.width)
        let (keys, few) = (keys, product.tileRows)
        limits = (op.queries ?? Array(0..<queries)).map { op.causal ? $0 + 1 : keys }
        stride = keys.up(toMultipleOf: max(16, product.lanes))
        let floats = max(Self.fewFloats, min(Self.mostFloats, 4 * few * stride))
        let most = min(ValueMix.mostRows, floats / max(1, stride)) / few * few
        tileRows = max(few, min(most, queries.up(toMultipleOf: few)))
    }

    /// Floats of a tile: a first-level cache of 32 KiB full, and half of a second-level one of 512 KiB.
    private static let (fewFloats, mostFloats) = (1 << 13, 1 << 16)

    /// Limits and reaches, zeros to start from, a tile, keys packed.
    var scratch: Int { numbers + columns + tileRows * stride + width * columns }
    private var columns: Int { product.paddedColumns(keys) }
    /// Floats in place of one number for each query row and each of the product's tiles.
    private var numbers: Int { (4 * queries).up(toMultipleOf: 16) }

    /// The parts of scratch memory, before the first row of a block.
    func room(in scratch: UnsafeMutablePointer<Float>) -> Room {
        let limits = UnsafeMutableRawPointer(scratch).bindMemory(to: Int.self, capacity: 2 * queries)
        let zeros = scratch + numbers
        zeros.update(repeating: 0, count: columns)
        let tile = zeros + columns
        let packed = Panels(tile + tileRows * stride, inner: width, columns: columns, product)
        let room = Room(
            keys: packed, keyCount: keys, zeros: zeros, tile: tile, limits: limits, reaches: limits + queries)
        limit(room)
        return room
    }

    /// Packs the keys of one row, but for those that are masked up to the end: each weighs exactly 0.
    func open(_ k: UnsafePointer<Float>, _ mask: UnsafePointer<Float>?, in room: inout Room) {
        var count = keys
        if let mask {
            while count > 0, mask[count - 1] == 0 { count -= 1 }
            // Where all are masked, all take part.
            if count == 0 { count = keys }
        }
        if count != room.keyCount {
            room.keyCount = count
            limit(room)
        }
        room.keys.packTransposed(k, count: count, math)
    }

    private func limit(_ room: Room) {
        for i in 0..<queries {
            room.limits[i] = min(limits[i], room.keyCount)
            let tile = i / product.tileRows
            room.reaches[tile] =
                i % product.tileRows == 0 ? room.limits[i] : max(room.reaches[tile], room.limits[i])
        }
    }

    /// Fills the tile with the probabilities of a few query rows, each as far as its own limit.
    ///
    /// - Parameter mask: for each key, 0 where it counts as masked; nil where none does.
    func tile(_ rows: Range<Int>, _ q: UnsafePointer<Float>, _ mask: UnsafePointer<Float>?, in room: Room) {
        product.multiply(
            rows: rows.count, q + rows.lowerBound * width, stride: width, room.keys,
            reach: room.reaches + rows.lowerBound / product.tileRows, start: room.zeros, into: room.tile, stride: stride
        )
        math.rows.softmax(
            rows.count, room.tile, stride, room.limits + rows.lowerBound, scale, mask, Attention.maskedScore)
    }
}
