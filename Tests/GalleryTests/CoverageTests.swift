import ScrubExperiment
import Testing

/// Intervals of small runs of a hypothesis hold the exact value as often as they say.
@Suite struct CoverageTests {
    /// 400 runs: an honest interval misses 95% ± 4.36% (4 standard errors) in one of 16,000 seeds; this seed is fixed.
    @Test func intervalsHoldTheExactValue() throws {
        let experiment = try Experiment(contentsOf: "\(Gallery.folder)/polysemantic/one.yaml")
        let coverage = try experiment.coverage(runs: 400, RunOptions(samples: 200, seed: 7, backend: .cpu))
        #expect(coverage.figures.map(\.figure) == ["scrubbed", "recovered"])
        for figure in coverage.figures {
            #expect(abs(figure.covered - 0.95) <= 0.0436, "\(figure)")
            #expect(figure.untrusted < 0.01)
            // As many on either side, but for skewness: each holds 2.5% of an honest interval's misses, within 4 errors.
            #expect(figure.tooHigh <= 0.025 + 0.0312 && figure.tooLow <= 0.025 + 0.0312, "\(figure)")
        }
        let again = try experiment.coverage(runs: 400, RunOptions(samples: 200, seed: 7, backend: .cpu, threads: 1))
        #expect(again == coverage)
    }
}
