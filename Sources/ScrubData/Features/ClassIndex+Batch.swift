public import ScrubCore

extension ClassIndex {
    /// Bits made at a time: they stay in the first-level cache.
    private static let block = 512

    /// Draws for consecutive replicates, as `draw(likeRow:bits:)` does for each with the bits of `stream`.
    ///
    /// What any device must do to give the same rows. For the replicate r, given the row g that the parent's table has
    /// for r (0 for an unconditional draw, whose class index has one class):
    ///
    /// 1. The counter of Philox 4x32-10 is the four words (low r, high r, low K, high K), its key (low S, high S), where
    ///    K is `stream.key`, S `stream.seed`, low and high the halves of 64 bits. Ten rounds; the key of round i, from 0,
    ///    is (low S + i × 0x9E3779B9, high S + i × 0xBB67AE85) modulo 2^32. A round makes of (x0, x1, x2, x3) the words
    ///    (high(0xCD9E8D57 × x2) ^ x1 ^ k0, low(0xCD9E8D57 × x2), high(0xD2511F53 × x0) ^ x3 ^ k1, low(0xD2511F53 × x0)).
    ///    The bits b are x1 × 2^32 + x0.
    /// 2. c = classOf[g], s = offsets[c], n = offsets[c + 1] - s. In 64-bit arithmetic, since n is below 2^31, the rank
    ///    floor(b n / 2^64) is (x1 × n + (x0 × n >> 32)) >> 32.
    /// 3. Without weights the row is rows[s + rank]. With weights, in IEEE double precision rounded to nearest, t =
    ///    min(double(b >> 11) × 2^-53 × w, the double before w) with w = cumulativeWeights[s + n - 1]; the row is
    ///    rows[p] for the least p from s on with cumulativeWeights[p] > t, of which it is known that it is no less than
    ///    s + guide[s + rank]. Where w is 0 there is nothing to draw.
    ///
    /// - Parameters:
    ///   - given: for each replicate the row that the one drawn is to be like; nil for an unconditional draw, like row 0.
    ///   - first: the first replicate.
    ///   - stream: the draw's random bits.
    ///   - drawn: where the rows go, one for each replicate; as many as `given` has.
    /// - Returns: the place of the first replicate for which there is nothing to draw; those from there on are not drawn.
    /// - Complexity: O(replicates).
    public func draw(
        likeRows given: UnsafeBufferPointer<Int32>?, from first: UInt64, of stream: RandomStream,
        into drawn: UnsafeMutableBufferPointer<Int32>
    ) -> Int? {
        precondition(given.map { $0.count == drawn.count } ?? true, "one row drawn for each given")
        return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: min(Self.block, drawn.count)) { bits in
            var from = 0
            while from < drawn.count {
                let count = min(Self.block, drawn.count - from)
                stream.fill(UnsafeMutableBufferPointer(rebasing: bits[..<count]), from: first &+ UInt64(from))
                let missing = draw(
                    likeRows: given.map { UnsafeBufferPointer(rebasing: $0[from..<from + count]) },
                    bits: UnsafeBufferPointer(rebasing: bits[..<count]),
                    into: UnsafeMutableBufferPointer(rebasing: drawn[from..<from + count]))
                if let missing { return from + missing }
                from += count
            }
            return nil
        }
    }

    private func draw(
        likeRows given: UnsafeBufferPointer<Int32>?, bits: UnsafeBufferPointer<UInt64>,
        into drawn: UnsafeMutableBufferPointer<Int32>
    ) -> Int? {
        classOf.withUnsafeBufferPointer { classOf in
            offsets.withUnsafeBufferPointer { offsets in
                rows.withUnsafeBufferPointer { rows in
                    if let cumulativeWeights, let guide {
                        return cumulativeWeights.withUnsafeBufferPointer { sums in
                            guide.withUnsafeBufferPointer { guide in
                                WeightedBlock(
                                    classOf: classOf, offsets: offsets, rows: rows, sums: sums, guide: guide
                                ).draw(likeRows: given, bits: bits, into: drawn)
                            }
                        }
                    }
                    for place in drawn.indices {
                        let c = Int(classOf[Int(given?[place] ?? 0)])
                        let start = offsets[c]
                        drawn[place] = rows[start + Self.rank(bits[place], offsets[c + 1] - start)]
                    }
                    return nil
                }
            }
        }
    }
}

/// Draws by weight for a block of replicates: first where each search begins, then the searches, so that what one waits
/// for from memory the others wait for too.
private struct WeightedBlock {
    let classOf: UnsafeBufferPointer<Int32>
    let offsets: UnsafeBufferPointer<Int>
    let rows: UnsafeBufferPointer<Int32>
    let sums: UnsafeBufferPointer<Double>
    let guide: UnsafeBufferPointer<Int32>

    func draw(
        likeRows given: UnsafeBufferPointer<Int32>?, bits: UnsafeBufferPointer<UInt64>,
        into drawn: UnsafeMutableBufferPointer<Int32>
    ) -> Int? {
        withUnsafeTemporaryAllocation(of: (place: Int, threshold: Double).self, capacity: bits.count) { searches in
            var count = drawn.count
            for replicate in drawn.indices {
                let c = Int(classOf[Int(given?[replicate] ?? 0)])
                let (start, end) = (offsets[c], offsets[c + 1])
                let total = sums[end - 1]
                guard total > 0 else {
                    count = replicate
                    break
                }
                let first = start + Int(guide[start + ClassIndex.rank(bits[replicate], end - start)])
                searches[replicate] = (first, ClassIndex.threshold(ClassIndex.unit(bits[replicate]), total))
            }
            for replicate in 0..<count {
                let threshold = searches[replicate].threshold
                var place = searches[replicate].place
                // Most searches end within two members; so many are passed without a branch that would be guessed wrong.
                place += sums[place] <= threshold ? 1 : 0
                place += sums[place] <= threshold ? 1 : 0
                while sums[place] <= threshold { place += 1 }
                drawn[replicate] = rows[place]
            }
            return count < drawn.count ? count : nil
        }
    }
}
