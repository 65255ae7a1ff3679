public import ScrubCore

/// How the datum of a claim is drawn, given that of its parent.
///
/// A class index is one: any row of the class of the row given. A program may bring its own, to draw from a neighbourhood
/// or with other weights.
public protocol DatumSampler: Sendable {
    /// The row that 64 random bits select given the row `given`; nil where there is none.
    ///
    /// Must be a pure function, so that a draw is one of (seed, key, replicate).
    func draw(likeRow given: Int32, bits: UInt64) -> Int32?

    /// The same for consecutive replicates from `first` on, by the bits of `stream`: for each the row drawn like that of
    /// `given`, or like row 0 where there is none, into `drawn`.
    ///
    /// A sampler need not have it: each draw is made by itself then.
    /// - Returns: the place of the first replicate for which there is no row; those from there on are not drawn.
    func draw(
        likeRows given: UnsafeBufferPointer<Int32>?, from first: UInt64, of stream: RandomStream,
        into drawn: UnsafeMutableBufferPointer<Int32>
    ) -> Int?

    /// Whether `row` is one that can be drawn given `given`: what a replay is checked by.
    func permits(_ row: Int32, likeRow given: Int32) -> Bool
}

extension DatumSampler {
    public func draw(
        likeRows given: UnsafeBufferPointer<Int32>?, from first: UInt64, of stream: RandomStream,
        into drawn: UnsafeMutableBufferPointer<Int32>
    ) -> Int? {
        for place in drawn.indices {
            let bits = stream.bits(replicate: first &+ UInt64(place))
            guard let row = draw(likeRow: given?[place] ?? 0, bits: bits) else { return place }
            drawn[place] = row
        }
        return nil
    }
}

extension ClassIndex: DatumSampler {
    public func permits(_ row: Int32, likeRow given: Int32) -> Bool { classOf[Int(row)] == classOf[Int(given)] }
}
