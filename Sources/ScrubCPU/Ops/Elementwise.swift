typealias Vector = VectorMath.Vector

/// Reads and writes of vectors, whole and in part.
extension UnsafePointer<Float> {
    @inline(__always)
    func vector(at index: Int) -> Vector {
        UnsafeRawPointer(self).loadUnaligned(fromByteOffset: 4 * index, as: Vector.self)
    }

    /// The first `count` lanes from memory, the others `filler`.
    @inline(__always)
    func vector(at index: Int, count: Int, filler: Float = 0) -> Vector {
        var x = Vector(repeating: filler)
        for lane in 0..<count { x[lane] = self[index + lane] }
        return x
    }
}

extension UnsafeMutablePointer<Float> {
    @inline(__always)
    func store(_ x: Vector, at index: Int) {
        UnsafeMutableRawPointer(self).storeBytes(of: x, toByteOffset: 4 * index, as: Vector.self)
    }

    @inline(__always)
    func store(_ x: Vector, at index: Int, count: Int) {
        for lane in 0..<count { self[index + lane] = x[lane] }
    }
}

/// `out[i] = f(a[i])`. Lanes do not mix, so the edge computes what a whole vector would.
@inline(__always)
func map(_ count: Int, _ a: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>, _ f: (Vector) -> Vector) {
    var i = 0
    while i &+ 8 <= count {
        out.store(f(a.vector(at: i)), at: i)
        i &+= 8
    }
    if i < count { out.store(f(a.vector(at: i, count: count - i)), at: i, count: count - i) }
}

/// `out[i] = f(a[i], b[i])`.
@inline(__always)
func map(
    _ count: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>,
    _ f: (Vector, Vector) -> Vector
) {
    var i = 0
    while i &+ 8 <= count {
        out.store(f(a.vector(at: i), b.vector(at: i)), at: i)
        i &+= 8
    }
    if i < count {
        out.store(f(a.vector(at: i, count: count - i), b.vector(at: i, count: count - i)), at: i, count: count - i)
    }
}

/// The lanes' sum, in one fixed order: halves, then quarters, then the pair.
@inline(__always)
func total(_ x: Vector) -> Float {
    let four = x.lowHalf + x.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
}

/// `Σ f(i)` over whole vectors in eight lanes, then the rest, zero-padded, in the same lanes. The order depends on
/// `count` alone.
@inline(__always)
func sum(_ count: Int, _ a: UnsafePointer<Float>, _ f: (Vector) -> Vector) -> Float {
    var lanes = Vector.zero
    var i = 0
    while i &+ 8 <= count {
        lanes += f(a.vector(at: i))
        i &+= 8
    }
    var sum = total(lanes)
    while i < count {
        sum += f(Vector(repeating: a[i]))[0]
        i &+= 1
    }
    return sum
}
