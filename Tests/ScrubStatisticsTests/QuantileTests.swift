import ScrubStatistics
import Testing

/// Against scipy in float64.
@Suite struct QuantileTests {
    @Test func ofTheNormalDistribution() throws {
        let normal = try Expected.read().normal
        for (p, quantile) in zip(normal.p, normal.quantile) {
            #expect(agree(NormalDistribution.quantile(p), quantile, 1e-14))
            // The inverse magnifies rounding by p's own size at most.
            #expect(abs(NormalDistribution.cumulative(quantile) - p) <= 1e-14 * p)
        }
        #expect(NormalDistribution.quantile(0) == -.infinity)
        #expect(NormalDistribution.quantile(1) == .infinity)
        #expect(NormalDistribution.quantile(2).isNaN)
    }

    @Test func ofStudentsDistribution() throws {
        let student = try Expected.read().student
        for (freedom, quantile) in zip(student.freedom, student.quantile) {
            // Hill's expansion; worst at three degrees.
            #expect(agree(StudentDistribution.quantile(freedom: freedom), quantile, freedom < 5 ? 1e-4 : 1e-5))
        }
    }

    @Test func kolmogorovsLimit() throws {
        let limit = try Expected.read().kolmogorov
        for (lambda, p) in zip(limit.lambda, limit.limit) { #expect(agree(Kolmogorov.exceeding(lambda), p, 1e-15)) }
    }

    @Test func oneSampleIsAsExactAsStated() throws {
        let cases = try Expected.read().oneSample
        for ((statistic, count), exact) in zip(zip(cases.statistic, cases.count), cases.exact) {
            let p = try #require(Kolmogorov.pValue(statistic, count: count))
            #expect(abs(p - exact) <= (count < 100 ? 6e-4 : 2e-4), "\(statistic), \(count)")
        }
    }

    @Test func twoSamplesAreAsExactAsStated() throws {
        let cases = try Expected.read().twoSamples
        for ((statistic, counts), exact) in zip(zip(cases.statistic, cases.counts), cases.exact) {
            let p = try #require(Kolmogorov.pValue(statistic, counts: (counts[0], counts[1])))
            #expect(p - exact >= -0.013 && p - exact <= 0.041, "\(counts)")
        }
    }

    @Test func aStatisticOutsideOfItsRangeHasNoProbability() {
        #expect(Kolmogorov.pValue(1.5, count: 10) == nil)
        #expect(Kolmogorov.pValue(.nan, count: 10) == nil)
        #expect(Kolmogorov.pValue(0.5, count: 0) == nil)
        #expect(Kolmogorov.pValue(0.5, counts: (10, 0)) == nil)
        #expect(Kolmogorov.pValue(0, count: 1) == 1)
    }
}
