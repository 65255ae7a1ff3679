/// How the datum of a claim is drawn, given that of its parent.
///
/// A class index is one: any row of the class of the row given. A program may bring its own, to draw from a neighbourhood
/// or with other weights.
public protocol DatumSampler: Sendable {
    /// The row that 64 random bits select given the row `given`; nil where there is none.
    ///
    /// Must be a pure function, so that a draw is one of (seed, key, replicate).
    func draw(likeRow given: Int32, bits: UInt64) -> Int32?

    /// Whether `row` is one that can be drawn given `given`: what a replay is checked by.
    func permits(_ row: Int32, likeRow given: Int32) -> Bool
}

extension ClassIndex: DatumSampler {
    public func permits(_ row: Int32, likeRow given: Int32) -> Bool { classOf[Int(row)] == classOf[Int(given)] }
}
