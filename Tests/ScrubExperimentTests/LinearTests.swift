import ScrubExperiment
import ScrubHypothesis
import ScrubStatistics
import Testing

/// Exact scrubbed losses worked out by hand. Values are small integers and scales of them, which float32 holds or rounds
/// to 6e-8 relative; means are float64: 1e-6 relative leaves room for both.
@Suite("linear graphs, exactly") struct LinearTests {
    @Test("on the CPU", arguments: LinearCase.all) func onCPU(_ linear: LinearCase) throws {
        try check(linear, .cpu)
    }

    @Test("on OpenCL", .needsDevice, arguments: LinearCase.all) func onOpenCL(_ linear: LinearCase) throws {
        try check(linear, .opencl(0))
    }

    private func check(_ linear: LinearCase, _ backend: BackendChoice) throws {
        let experiment = try linear.experiment()
        let figure = try #require(
            try experiment.run(RunOptions(backend: backend, isExact: true)).report.figures.first)
        #expect(figure.model.mean == 0)
        #expect(figure.scrubbed.standardError == 0)
        #expect(abs(figure.scrubbed.mean - linear.expected) <= 1e-6 * linear.expected, "\(figure.scrubbed.mean)")
    }

    /// 20,000 samples lie within 4 standard errors: one such bound in 16,000 is missed by a correct program.
    @Test("sampled", arguments: LinearCase.all) func sampled(_ linear: LinearCase) throws {
        let run = try linear.experiment().run(RunOptions(samples: 20_000, seed: 1, backend: .cpu))
        let scrubbed = try #require(run.report.figures.first).scrubbed
        #expect(abs(scrubbed.mean - linear.expected) <= 4 * scrubbed.standardError + 1e-6 * linear.expected)
    }

    @Test("the isomorphic form scrubs to the same loss", arguments: LinearCase.all)
    func isomorphic(_ linear: LinearCase) throws {
        let experiment = try linear.experiment()
        let form = try experiment.interpretation.isomorphic(on: experiment.graph)
        let other = try Experiment(form, of: experiment.model, on: experiment.dataset, measuring: experiment.behaviour)
        let options = RunOptions(backend: .cpu, isExact: true)
        let (run, again) = (try experiment.run(options), try other.run(options))
        let (first, second) = (try #require(run.report.figures.first), try #require(again.report.figures.first))
        #expect(abs(first.scrubbed.mean - second.scrubbed.mean) <= 1e-6 * linear.expected)
        #expect(other.tree.claims.count >= experiment.tree.claims.count)
    }
}
