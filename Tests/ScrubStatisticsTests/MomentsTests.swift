import ScrubStatistics
import Testing

@Suite struct MomentsTests {
    /// Integers have exact sums: mean (n - 1) / 2, sample variance n (n + 1) / 12.
    @Test(arguments: [2, 1023, 1024, 1025, 5000]) func ofTheFirstIntegers(count: Int) throws {
        let estimate = try #require(Moments((0..<count).map { Float($0) }).estimate)
        let n = Double(count)
        #expect(abs(estimate.mean - (n - 1) / 2) <= 1e-12 * n)
        #expect(abs(estimate.standardError - ((n + 1) / 12).squareRoot()) <= 1e-12 * n)
    }

    @Test func farFromZeroNothingCancels() throws {
        let values = (0..<4096).map { 1e7 + Float($0 % 2) }
        let estimate = try #require(Moments(values).estimate)
        #expect(abs(estimate.mean - (1e7 + 0.5)) < 1e-6)
        #expect(abs(estimate.standardError - (0.25 * 4096 / 4095 / 4096).squareRoot()) < 1e-12)
    }

    @Test func emptyHasNoMeanAndOneHasNoError() throws {
        #expect(Moments([]).estimate == nil)
        #expect(try #require(Moments([3]).estimate).standardError == .infinity)
    }

    @Test func theIntervalIsNormal() {
        let estimate = Estimate(mean: 1, standardError: 2)
        let half: Double = 2 * 1.959963984540054
        #expect(estimate.interval == [1 - half, 1 + half])
    }

    @Test func weightsCount() {
        #expect(mean([1, 2, 4], weights: [1, 0, 3]) == 3.25)
        #expect(mean([1, 2, 4] as [Float]) == 7.0 / 3.0)
    }
}

@Suite struct RecoveredTests {
    @Test func isTheShareOfTheGap() throws {
        let share = try #require(recovered(model: .exact(1), scrubbed: .exact(2), baseline: .exact(5)))
        #expect(share.mean == 0.75)
        #expect(share.standardError == 0)
    }

    /// d/dS = -1/4, d/dB = (S - M)/16 = 1/16, d/dM = (B - S)/16 = 3/16.
    @Test func itsErrorIsByTheDeltaMethod() throws {
        let share = try #require(
            recovered(
                model: Estimate(mean: 1, standardError: 0.16), scrubbed: Estimate(mean: 2, standardError: 0.04),
                baseline: Estimate(mean: 5, standardError: 0.32)))
        let expected = (0.01 * 0.01 + 0.02 * 0.02 + 0.03 * 0.03).squareRoot()
        #expect(abs(share.standardError - expected) < 1e-15)
    }

    @Test func withoutAGapThereIsNothingToRecover() {
        #expect(recovered(model: .exact(1), scrubbed: .exact(0), baseline: .exact(1)) == nil)
    }
}
