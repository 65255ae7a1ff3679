import ScrubCore
import ScrubData
import Testing

/// The laws of a draw. The statistical tests have fixed seeds, so they pass always or never; their false-alarm rate,
/// had the seed been free, is stated at each.
@Suite struct DrawTests {
    @Test func rankIsTheHighProduct() {
        let index = ClassIndex(labels: [0, 1, 1, 0, 1])
        #expect(index.draw(likeRow: 0, bits: 0) == 0)
        #expect(index.draw(likeRow: 3, bits: 1 << 63 - 1) == 0)
        #expect(index.draw(likeRow: 3, bits: 1 << 63) == 3)
        #expect(index.draw(likeRow: 1, bits: .max) == 4)
        // floor(bits × 3 / 2^64) turns from 0 to 1 at 2^64 / 3 rounded up.
        #expect(index.draw(likeRow: 2, bits: 0x5555_5555_5555_5555) == 1)
        #expect(index.draw(likeRow: 2, bits: 0x5555_5555_5555_5556) == 2)
    }

    @Test func weightedRankIsTheFirstThatExceeds() {
        let index = ClassIndex.everything(5, weights: [0, 1, 0, 3, 0])
        #expect(index.draw(likeRow: 0, bits: 0) == 1)
        #expect(index.draw(likeRow: 0, bits: 1 << 62 - 1) == 1)
        #expect(index.draw(likeRow: 0, bits: 1 << 62) == 3)
        #expect(index.draw(likeRow: 0, bits: .max) == 3)
    }

    @Test(arguments: [Double.leastNonzeroMagnitude, 0x1p-1060, 1, 0x1p1000])
    func lastBitsStayInside(weight: Double) {
        let index = ClassIndex.everything(3, weights: [weight, weight, 0])
        #expect(index.draw(likeRow: 2, bits: .max) == 1)
        #expect(index.draw(likeRow: 2, bits: 0) == 0)
    }

    @Test func weightlessClassHasNoDraw() {
        let index = ClassIndex(labels: [0, 0, 1], weights: [0, 0, 1])
        #expect(index.draw(likeRow: 1, bits: 5) == nil)
        #expect(index.draw(likeRow: 2, bits: 5) == 2)
    }

    /// Chi-square over 10 members with 9 degrees of freedom: above 27.88 with probability 0.001.
    @Test func uniform() {
        let index = ClassIndex(labels: (0..<20).map { $0 % 2 })
        let expected = [Double](repeating: 2000, count: 10)
        #expect(chiSquare(index, row: 0, expected: expected) { $0 / 2 } < 27.88)
    }

    /// Chi-square over 4 members with 3 degrees of freedom: above 16.27 with probability 0.001.
    @Test func inProportionToWeights() {
        let index = ClassIndex.everything(6, weights: [1, 0, 2, 0, 3, 4])
        let slot = [0, -1, 1, -1, 2, 3]
        #expect(chiSquare(index, row: 1, expected: [2000, 4000, 6000, 8000]) { slot[$0] } < 16.27)
    }

    private func chiSquare(
        _ index: ClassIndex, row: Int32, expected: [Double], slot: (Int) -> Int
    ) -> Double {
        var counts = [Double](repeating: 0, count: expected.count)
        let stream = RandomStream(seed: 12, key: 34)
        for replicate in 0..<20000 as Range<UInt64> {
            guard let drawn = index.draw(likeRow: row, bits: stream.bits(replicate: replicate)) else {
                return .infinity
            }
            counts[slot(Int(drawn))] += 1
        }
        return zip(counts, expected).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) / $1.1 }
    }
}
