import ScrubExperiment
import ScrubStatistics
import Testing

/// Where a few rows carry the mean, the report says so and does not vouch for its interval.
@Suite("trust", .needsGoldens) struct TrustTests {
    @Test func aMeanThatThirteenRowsCarryIsNotTrusted() throws {
        let experiment = try Experiment(contentsOf: Golden.hypothesis("brackets", "0a"))
        let report = try experiment.run(RunOptions(samples: 4000, seed: 0, backend: .cpu)).report
        let figure = report.figures[0]
        let carriers = try #require(figure.distribution?.modelCarriers)
        // 13 rows carry 90% as that is rounded.
        #expect((13...14).contains(carriers.count) && carriers.total == 100_000)
        #expect(carriers.share >= 0.9)
        #expect(!figure.scrubbed.isTrusted)
        #expect(figure.recovered?.isTrusted == false)
        #expect(
            report.warnings.contains {
                $0.contains("cannot be trusted: \(carriers.count) of 100000 rows carry")
                    && $0.contains("of the model's mean")
            })
    }
}
