import Glibc
import ScrubCore
import ScrubStatistics
import Testing

/// Intervals of samples whose truth is known. The streams are fixed, so that the verdict is too. With 400 samples a
/// coverage of 94.5%, which coverage.py measures, has a standard error of 1.1%; 91% is three below: were seeds drawn
/// anew, 1 in 700 would fail.
@Suite struct CoverageTests {
    private func uniform(_ key: UInt64, _ index: Int) -> Double {
        (Double(RandomStream(seed: 1, key: key).bits(replicate: UInt64(index)) >> 11) + 0.5) * 0x1p-53
    }

    private func coverage(of truth: Double, key: UInt64, count: Int, _ value: (Double) -> Double) throws -> Double {
        let covered = try (0..<400).count { sample in
            let values = (0..<count).map { Float(value(uniform(key, sample * count + $0))) }
            let interval = try #require(try Bootstrap([values], resamples: 1000).mean()).interval
            return interval[0] <= truth && truth <= interval[1]
        }
        return Double(covered) / 400
    }

    @Test func ofExponentialMeans() throws {
        let found = try coverage(of: 1, key: 1, count: 100) { -log($0) }
        #expect(found >= 0.91 && found < 0.985)
    }

    /// With 200 trials of 4% the exact coverage of Wilson's interval is 95.6%.
    @Test func ofFewSuccesses() throws {
        let found = try coverage(of: 0.04, key: 2, count: 200) { $0 < 0.04 ? 1 : 0 }
        #expect(found >= 0.92 && found < 0.99)
    }
}
