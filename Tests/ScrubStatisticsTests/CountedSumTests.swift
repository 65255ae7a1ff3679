import CMicroKernels
import ScrubCore
import Testing

/// Σ counts · values: in eight lanes, which are added by pairs, and what is left over after them. Every instruction set
/// gives the same bits.
@Suite struct CountedSumTests {
    @Test(arguments: [0, 1, 7, 8, 9, 16, 31, 500, 4096]) func isTheSumInEightLanes(count: Int) {
        let stream = RandomStream(seed: 3, key: 9)
        let counts = (0..<count).map { UInt8(truncatingIfNeeded: stream.bits(replicate: UInt64($0))) }
        let values = (0..<count).map { Double(Int64(bitPattern: stream.bits(replicate: UInt64(count + $0)))) * 0x1p-60 }
        var lanes = [Double](repeating: 0, count: 8)
        for i in 0..<count / 8 * 8 { lanes[i % 8] += Double(counts[i]) * values[i] }
        let four = (0..<4).map { lanes[$0] + lanes[$0 + 4] }
        var expected = (four[0] + four[1]) + (four[2] + four[3])
        for i in count / 8 * 8..<count { expected += Double(counts[i]) * values[i] }
        let levels = (0...2).compactMap { scrub_vectors_at($0) }
        #expect(!levels.isEmpty)
        for level in levels { #expect(level.pointee.counted_sum(count, counts, values) == expected) }
        #expect(scrub_best_vectors() == levels.last)
    }
}
