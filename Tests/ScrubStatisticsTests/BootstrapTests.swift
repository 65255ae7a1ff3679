import ScrubStatistics
import Testing

@Suite struct BootstrapTests {
    private func expect(_ found: Estimate?, _ expected: Expected.Resampling) throws {
        let found = try #require(found)
        #expect(agree(found.mean, expected.value, 1e-12))
        #expect(agree(found.standardError, expected.standardError, 1e-10))
        // Student's quantile is good to 1e-5, and a place among the resamples moves by as much.
        for (end, own) in zip(found.interval, expected.interval) {
            #expect(abs(end - own) <= 1e-4 * expected.standardError, "\(found.interval) \(expected.interval)")
        }
        #expect(found.method == .bca)
        #expect(found.isTrusted == (expected.participation >= 5))
        // Its resamples are others: of 1,000, the 25th has a standard error of 0.08 in units of the standard error.
        for (end, scipys) in zip(found.interval, expected.scipyInterval ?? []) {
            #expect(abs(end - scipys) <= 0.4 * expected.standardError)
        }
    }

    /// Fixtures/make.py draws the same resamples by a Philox of its own, and follows Efron's formulas in numpy.
    @Test func intervalsAreEfrons() throws {
        let cases = try Expected.read().bootstrap
        let mean = try #require(cases["mean"])
        try expect(try Bootstrap(mean.columns, resamples: mean.resamples).mean(), mean)
        let shares = try #require(cases["recovered"])
        let bootstrap = try Bootstrap(shares.columns, resamples: shares.resamples)
        try expect(bootstrap.recovered(model: .column(0), scrubbed: 1, baseline: .column(2)), shares)
        let correlation = try #require(cases["correlation"])
        let columns = correlation.columns
        try expect(
            try Bootstrap.correlation(columns[0], columns[1], resamples: correlation.resamples), correlation)
        let cancellation = try #require(cases["cancellation"])
        try expect(
            Self.cancellation(of: cancellation.columns[0], resamples: cancellation.resamples), cancellation)
    }

    @Test func blocksOfReplicatesAreResampledWhole() throws {
        let blocks = try #require(try Expected.read().bootstrap["blocks"])
        let values = try #require(blocks.sixtyfourths).map { Float($0) / 64 }
        try expect(try Bootstrap([values], resamples: blocks.resamples).estimate { $0[0] }, blocks)
    }

    /// s / √n, over replicates, though the interval is made of blocks.
    @Test func aMeansErrorIsThatOfItsReplicates() throws {
        let values = (0..<10_000).map { Float(($0 * 7919) % 10_007) }
        let found = try #require(try Bootstrap([values], resamples: 200).mean())
        let plain = try #require(Moments(values).estimate)
        #expect((found.mean, found.standardError) == (plain.mean, plain.standardError))
        #expect(found.normalInterval == plain.interval)
    }

    /// What the two have in common cancels.
    @Test func differencesArePaired() throws {
        let x = (0..<50).map { Float(($0 * 37) % 101) }
        let bootstrap = try Bootstrap([x.map { $0 + 2 }, x, x.map { $0 + 8 }])
        let difference = try #require(bootstrap.difference(0, 1))
        #expect((difference.mean, difference.standardError) == (2, 0))
        #expect(difference.interval == [2, 2])
        #expect(difference.isTrusted)
        let share = try #require(bootstrap.recovered(model: .column(1), scrubbed: 0, baseline: .column(2)))
        #expect((share.mean, share.standardError) == (0.75, 0))
        #expect(bootstrap.difference(0, 3) == nil)
    }

    /// (5 - s) / (5 - 1) is a mean of its own, turned round.
    @Test func exactTermsAreConstants() throws {
        let scrubbed = (0..<50).map { Float(($0 * 37) % 101) / 50 }
        let bootstrap = try Bootstrap([scrubbed])
        let share = try #require(bootstrap.recovered(model: .exact(1), scrubbed: 0, baseline: .exact(5)))
        let mean = try #require(bootstrap.mean())
        #expect(abs(share.mean - (5 - mean.mean) / 4) < 1e-14)
        #expect(abs(share.standardError - mean.standardError / 4) < 1e-14)
        // The same resamples from the other end.
        #expect(abs(share.interval[0] - (5 - mean.interval[1]) / 4) < 1e-12)
        #expect(abs(share.interval[1] - (5 - mean.interval[0]) / 4) < 1e-12)
        #expect(bootstrap.recovered(model: .exact(1), scrubbed: 0, baseline: .exact(1)) == nil)
    }

    @Test func oneReplicateSaysNothing() throws {
        let found = try #require(try Bootstrap([[3]]).mean())
        #expect(found.interval == [-.infinity, .infinity])
        #expect(!found.isTrusted)
        #expect(try Bootstrap([[]]).mean() == nil)
    }

    @Test func valuesAllAlikeAreAPoint() throws {
        let found = try #require(try Bootstrap([Array(repeating: Float(0.1), count: 30)]).mean())
        #expect(found.interval == [Double(Float(0.1)), Double(Float(0.1))])
        #expect(found.standardError == 0)
        #expect(found.isTrusted)
        #expect(try #require(try Bootstrap([[2, 2, 2]]).mean()).isTrusted == false)
    }

    /// Nothing but 1 in 30: at least 1 / (1 + 1.96² / 30), by Wilson's interval.
    @Test func anIndicatorAllAlikeIsNoPoint() throws {
        let found = try #require(try Bootstrap([Array(repeating: 1, count: 30)]).mean(isIndicator: true))
        #expect(found.mean == 1)
        #expect(abs(found.interval[0] - 30 / (30 + Estimate.quantile * Estimate.quantile)) < 1e-12)
        #expect(found.interval[1] == 1)
        let other = try #require(try Bootstrap([Array(repeating: 3, count: 30)]).mean(isIndicator: true))
        #expect(other.interval == [3, 3])
    }

    /// Two values: the proportion's interval, from 1 to 4.
    @Test func twoValuesAreAProportion() throws {
        let share = try #require(Estimate.proportion(3, of: 200))
        let indicator = (0..<200).map { Float($0 % 80 == 3 ? 1 : 0) }
        let found = try #require(try Bootstrap([indicator]).mean())
        #expect(found.interval == share.interval)
        #expect(found.method == .wilson)
        #expect(found.isTrusted)
        let heights = try #require(try Bootstrap([indicator.map { 1 + 3 * $0 }]).mean())
        #expect(heights.interval == share.interval.map { 1 + 3 * $0 })
        #expect(!heights.isTrusted)
    }

    /// A function with a peak at the mean of the sample, which no resample reaches: sums of square roots do not repeat.
    @Test func anEstimateBeyondItsResamplesIsNormal() throws {
        let values = (1...30).map { Float($0).squareRoot() }
        let bootstrap = try Bootstrap([values])
        let value = try #require(bootstrap.mean()).mean
        let found = try #require(bootstrap.estimate { abs($0[0] - value) < 1e-9 ? 10 : $0[0] })
        #expect(found.method == .normal)
        #expect(found.normalInterval == found.interval)
    }

    @Test func aFunctionWithoutValuesHasNoEstimate() throws {
        let bootstrap = try Bootstrap([(0..<40).map { Float($0) }])
        #expect(bootstrap.estimate { _ in nil } == nil)
        #expect(bootstrap.estimate { _ in .nan } == nil)
        // Nil on about half.
        #expect(bootstrap.estimate { $0[0] >= 19.5 ? $0[0] : nil } == nil)
        // Nil on 1 in 1,000 or so: 3 standard errors, 1.85 each, below the mean.
        #expect(bootstrap.estimate { $0[0] >= 14 ? $0[0] : nil } != nil)
    }

    @Test func valuesThatAreNotFiniteHaveNoMean() throws {
        for value in [Float.nan, .infinity] { #expect(try Bootstrap([[1, 2, 3, value, 5]]).mean() == nil) }
    }

    @Test func correlationsOfAConstantAreUndefined() throws {
        #expect(try Bootstrap.correlation([1, 2, 3], [4, 4, 4]) == nil)
        #expect(try Bootstrap.correlation([1], [2]) == nil)
        #expect(throws: StatisticsError.lengths([1, 2])) { try Bootstrap.correlation([1], [2, 3]) }
        let x = (0..<30).map { 1e6 + Float($0) }
        #expect(try #require(try Bootstrap.correlation(x, x.map { -2 * $0 })).mean == -1)
    }

    /// +3 and -1: the mean is 1, the mean size 2.
    @Test func cancellationByHand() throws {
        let found = try #require(try Self.cancellation(of: (0..<40).map { $0 % 2 == 0 ? 3 : -1 }))
        #expect(found.mean == 0.5)
        #expect(try Self.cancellation(of: [0, 0]) == nil)
        #expect(try #require(try Self.cancellation(of: (1..<30).map { Float($0) })).interval == [0, 0])
        #expect(try Bootstrap([[1, 2]]).cancellation(of: 0, sizes: 1) == nil)
    }

    private static func cancellation(of changes: [Float], resamples: Int = 4000) throws -> Estimate? {
        try Bootstrap([changes, changes.map { abs($0) }], resamples: resamples).cancellation(of: 0, sizes: 1)
    }
}
