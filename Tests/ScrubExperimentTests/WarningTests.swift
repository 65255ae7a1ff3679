import Foundation
import ScrubExperiment
import ScrubStatistics
import Testing

/// A figure that misleads in a known way says so, and no other does.
@Suite struct WarningTests {
    private static let hypotheses =
        [
            "interpretation: {same: any}", "interpretation: {inputs: {a1.h0: {same: first}}}",
            "interpretation: {inputs: {m1: {same: exact}, a1.h0: {same: exact}}}",
            "interpretation: {inputs: {m0: {same: at}}}",
            "interpretation: {inputs: {m0: {same: exact}, m1: {same: y}}}",
        ] + ["embed", "a0.h0", "a0.h1", "a1.h1", "m1"].map { "interpretation: {inputs: {\($0): {same: exact}}}" }

    @Test func eachIsThereWhereItShouldBe() throws {
        var met: [String: Int] = [:]
        try SmallTransformer.with { small in
            for claims in Self.hypotheses {
                for samples in [10, 40, 2000] {
                    let report = try small.experiment(claims).run(
                        RunOptions(samples: samples, seed: 3, backend: .cpu)
                    ).report
                    for figure in report.figures {
                        for (words, holds) in Self.conditions(figure, samples) {
                            let isSaid = report.warnings.contains {
                                $0.hasPrefix("\(figure.metric): ") && $0.contains(words)
                            }
                            #expect(isSaid == holds, "\(claims), \(samples) samples, \(figure.metric): \(words)")
                            met["\(words): \(holds)", default: 0] += 1
                        }
                    }
                }
            }
        }
        // Each was met both ways, but that scrubbing does good: docs/gallery/polysemantic-split.md shows such a one.
        #expect(met.count == 7, "\(met)")
    }

    /// What docs/statistics.md says of each, from the figures.
    private static func conditions(_ figure: Report.Figure, _ samples: Int) -> [(String, Bool)] {
        let isScore = figure.metric == "accuracy"
        let constant = figure.bestConstant ?? .nan
        let interval = figure.scrubbed.interval
        let behind = isScore ? constant - interval[1] : interval[0] - constant
        let recovered = figure.recovered
        let gain = isScore ? figure.difference.interval[0] : -figure.difference.interval[1]
        return [
            ("too few for an interval", samples < 20),
            ("worse than the best constant", behind > 1e-6 * max(1, abs(constant))),
            (
                "wider than the share itself",
                recovered.map { $0.standardError > 0 && $0.width > abs($0.mean) && $0.width > 0.02 } ?? false
            ),
            (
                "does better than the model",
                (recovered?.mean ?? 0) > 1 && gain > 1e-6 * abs(figure.baseline.mean - figure.model.mean)
            ),
        ]
    }
}
