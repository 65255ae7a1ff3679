import Foundation
import ScrubCore
import ScrubExperiment
import ScrubGraph
import ScrubHypothesis
import ScrubOps
import ScrubStatistics
import Testing

/// `also` in hypothesis files: several behaviours of one graph.
@Suite struct FurtherBehaviourTests {
    private static let main = "measure: cross_entropy, at: [0, 2], label: at, mask: mask"
    private static let also = """
        [accuracy, {measure: logit_difference, against: wrong}, {measure: accuracy, at: 0}, \
        {loss: mean_squared_error, label: targets}, {measure: correlation, at: 1, label: score, logit: 0}]
        """

    @Test func namesAreUniqueAndReadsShared() throws {
        try SmallTransformer.with(outputs: 3) { small in
            try MeasuredRows(outputs: 3).write(to: small)
            let experiment = try MeasuredRows.experiment(small, Self.main, also: Self.also)
            let behaviours = experiment.behaviours
            #expect(
                behaviours.map(\.metric) == [
                    "cross_entropy", "accuracy", "logit_difference", "accuracy 2", "mean_squared_error", "correlation",
                ])
            #expect(behaviours[0] == experiment.behaviour)
            let names = experiment.graph.nodes.map(\.name)
            #expect(
                behaviours.map { names[$0.loss] } == [
                    "loss", "accuracy", "logit_difference", "accuracy 2", "mean_squared_error", "correlation",
                ])
            #expect(
                behaviours.map { names[$0.read] } == [
                    "output.read", "output.read", "output.read", "accuracy 2 read", "output.read", "correlation read",
                ])
            for name in ["labels", "weights", "label distribution", "baseline"] {
                #expect(names.contains(name) && names.contains("accuracy \(name)"))
            }
            let columns = Set(experiment.model.columns.keys.map(\.description))
            #expect(
                columns.isSuperset(of: [
                    "column behaviour/labels", "column behaviour/weights", "column behaviour accuracy/labels",
                    "column behaviour accuracy 2/labels", "column behaviour logit_difference/against",
                    "column behaviour correlation/labels",
                ]))
            #expect(behaviours.map(\.isLoss) == [true, false, false, false, true, false])
        }
    }

    /// What a further behaviour inherits and computes is what it would be as the only one, to the last bit.
    @Test func eachIsWhatItIsAlone() throws {
        try SmallTransformer.with(outputs: 3) { small in
            try MeasuredRows(outputs: 3).write(to: small)
            let all = try MeasuredRows.experiment(small, Self.main, also: Self.also)
            let alone = [
                Self.main, "measure: accuracy, at: [0, 2], label: at, mask: mask",
                "measure: logit_difference, against: wrong, at: [0, 2], label: at, mask: mask",
                "measure: accuracy, at: 0, label: at, mask: mask",
                "measure: mean_squared_error, at: [0, 2], label: targets",
            ]
            let options = RunOptions(samples: 20, seed: 3, backend: .cpu)
            for (behaviour, text) in zip(all.behaviours, alone) {
                let further = try Experiment(
                    all.interpretation, of: all.model, on: all.dataset, measuring: behaviour)
                let (run, expected) = (
                    try further.run(options), try MeasuredRows.experiment(small, text).run(options)
                )
                #expect(run.scrubbed == expected.scrubbed, "\(behaviour.metric)")
                #expect(run.report.figures.first?.model.mean == expected.report.figures.first?.model.mean)
                #expect(run.report.figures.first?.baseline.mean == expected.report.figures.first?.baseline.mean)
            }
        }
    }

    @Test func twoOfOneNameAreAnError() throws {
        try SmallTransformer.with { small in
            try MeasuredRows(outputs: 2).write(to: small)
            let experiment = try MeasuredRows.experiment(small, "measure: accuracy, label: at")
            #expect(throws: ExperimentError.metricTwice("accuracy")) {
                try Experiment(
                    experiment.interpretation, of: experiment.model, on: experiment.dataset,
                    measuring: experiment.behaviour, also: [experiment.behaviour])
            }
        }
    }

    /// best_constants.py finds the same by minimising over constant outputs; its last digit is the 6th.
    @Test("the best constant", arguments: BestConstantCase.all) func best(_ stated: BestConstantCase) throws {
        try SmallTransformer.with(outputs: stated.outputs) { small in
            try MeasuredRows(outputs: stated.outputs).write(to: small)
            let found = try MeasuredRows.experiment(small, stated.text).behaviour.bestConstant
            guard let expected = stated.expected else {
                #expect(found == nil)
                return
            }
            #expect(abs(try #require(found) - expected) <= 2e-6 * max(1, abs(expected)), "\(String(describing: found))")
        }
    }
}
