import ScrubExperiment
import ScrubStatistics
import Testing

/// The shares recovered of a compiled program, whose causal graph is known.
@Suite("golden shares recovered", .serialized, .needsGoldens)
struct RecoveredFigures {
    static let keys = ["all-tokens", "first-two", "multiset", "unimportant"]

    @Test("on the CPU", arguments: keys) func onCPU(_ key: String) throws { try check(key, .cpu) }

    @Test("on OpenCL", .needsDevice, arguments: keys) func onOpenCL(_ key: String) throws {
        try check(key, Device.choice)
    }

    /// Within 4 standard errors; a hypothesis that keeps everything has none.
    private func check(_ key: String, _ backend: BackendChoice) throws {
        let experiment = try Experiment(contentsOf: Golden.hypothesis("tracr-reverse", key))
        let run = try experiment.run(RunOptions(samples: 40_000, seed: 0, backend: backend))
        let found = try #require(run.report.figures.first?.recovered)
        let golden = try GoldenFigure.recovered("tracr-reverse", key)
        #expect(abs(found.mean - golden) <= max(4 * found.standardError, 1e-6), "\(found), not \(golden)")
    }

    /// To five digits: every combination of the draws, up to 14,348,907 of them.
    @Test("by enumeration", arguments: keys) func exactly(_ key: String) throws {
        let experiment = try Experiment(contentsOf: Golden.hypothesis("tracr-reverse", key))
        let run = try experiment.run(RunOptions(backend: .cpu, isExact: true))
        let found = try #require(run.report.figures.first?.recovered)
        #expect(found.standardError == 0)
        #expect(abs(found.mean - (try GoldenFigure.recovered("tracr-reverse", key))) < 1e-5, "\(found.mean)")
    }
}
