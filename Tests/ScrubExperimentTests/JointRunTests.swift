import Foundation
import ScrubExperiment
import ScrubPlan
import Testing

/// Several hypotheses by one plan, and a plan that may not keep what it likes.
@Suite struct JointRunTests {
    private static let brackets = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Benchmarks/brackets").path

    private static let options = RunOptions(samples: 300, seed: 3, backend: .cpu, threads: 2)

    /// Draws, measured values and figures, to the last bit.
    @Test func hypothesesRunTogetherAreThoseRunAlone() throws {
        var reader = ExperimentReader()
        let experiments = try ["0a", "1a", "1b"].map {
            try reader.experiment(contentsOf: "\(Self.brackets)/\($0).yaml")
        }
        var groups: [[Run]] = []
        try Experiment.run(experiments, Self.options) { groups.append($0) }
        #expect(groups.map(\.count) == [3])
        for (together, experiment) in zip(groups.joined(), experiments) {
            let alone = try experiment.run(Self.options)
            #expect(together.tables == alone.tables)
            #expect(together.scrubbed == alone.scrubbed)
            #expect(together.report.figures == alone.report.figures)
            #expect(together.report.outputs == alone.report.outputs)
            #expect(together.report.plan.hypotheses == 3)
        }
        let apart = try experiments.reduce(0) { try $0 + $1.run(Self.options).report.plan.forwardEquivalents }
        #expect(groups[0][0].report.plan.forwardEquivalents < apart / 2)
    }

    /// Another model or dataset is another plan.
    @Test func onlyHypothesesOnOneModelShareAPlan() throws {
        var reader = ExperimentReader()
        let paths = ["\(Self.brackets)/1a.yaml", "\(Self.brackets)/../../docs/tutorial/one-head.yaml"]
        var groups: [Int] = []
        try Experiment.run(try paths.map { try reader.experiment(contentsOf: $0) }, Self.options) {
            groups.append($0.count)
        }
        #expect(groups == [1, 1])
    }

    @Test func whatIsRecomputedIsTheSameToTheLastBit() throws {
        let experiment = try Experiment(contentsOf: "\(Self.brackets)/1b.yaml")
        let kept = try experiment.run(Self.options)
        #expect(kept.plan.recomputed == nil)
        var options = Self.options
        options.memoryLimit = kept.report.plan.peakBytes / 2
        let recomputed = try experiment.run(options)
        #expect(recomputed.plan.recomputed?.isEmpty == false)
        #expect(recomputed.report.plan.peakBytes <= kept.report.plan.peakBytes / 2)
        #expect(recomputed.scrubbed == kept.scrubbed)
        #expect(recomputed.report.figures == kept.report.figures)
    }
}
