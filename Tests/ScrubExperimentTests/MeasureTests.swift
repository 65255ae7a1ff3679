import Foundation
import ScrubCore
import ScrubExperiment
import ScrubGraph
import ScrubStatistics
import Testing

/// A behaviour of a small transformer, as a file states it.
struct MeasuredCase: Sendable, CustomTestStringConvertible {
    var text: String
    var outputs: Int

    var testDescription: String { "\(text), \(outputs) outputs" }

    /// Every measure with one, two and three outputs, where it has them, at one position and at all, with masks and
    /// shifts.
    static let all: [MeasuredCase] = [1, 2, 3].flatMap { outputs in
        let perPosition =
            ["accuracy", "probability", "logit_difference, against: others", "logit_difference, against: wrong"]
            + (outputs < 3 ? ["binary_cross_entropy"] : []) + (outputs > 1 ? ["cross_entropy"] : [])
        let places = ["label: at", "label: at, mask: mask", "at: [0, 2], label: at, mask: mask", "label: at, shift: 1"]
        let errors = ["squared_error", "mean_squared_error"].flatMap { measure in
            ["label: targets", "at: [1, 2], label: targets"].map { "measure: \(measure), \($0)" }
        }
        return (perPosition.flatMap { measure in places.map { "measure: \(measure), \($0)" } } + errors)
            .map { MeasuredCase(text: $0, outputs: outputs) }
    }
}

@Suite struct MeasureTests {
    /// The baseline in closed form against all pairs of rows: the same behaviour's mean over the tokens of each row with
    /// the labels of each. One number a datum is a float32, means are float64.
    @Test("a baseline is the mean over all pairs of rows", arguments: MeasuredCase.all)
    func baseline(_ measured: MeasuredCase) throws {
        try SmallTransformer.with(outputs: measured.outputs) { small in
            try MeasuredRows(outputs: measured.outputs).write(to: small)
            for weighted in [false, true] {
                let rows = try MeasuredRows.experiment(small, measured.text, weight: weighted ? "v" : nil)
                let pairs = try MeasuredRows.experiment(
                    small, measured.text, data: "pairs.jsonl", weight: weighted ? "w" : nil)
                let options = RunOptions(samples: 4, backend: .cpu)
                let figure = try #require(try rows.run(options).report.figures.first)
                let expected = try #require(try pairs.run(options).report.figures.first).model.mean
                #expect(figure.baseline.standardError == 0)
                #expect(abs(figure.baseline.mean - expected) <= 1e-6 * max(1, abs(expected)), "weighted \(weighted)")
                // Labels tell something here: a baseline that is the model's own figure would be none.
                #expect(figure.metric == "accuracy" || abs(figure.model.mean - expected) > 1e-6)
            }
        }
    }

    /// With everything exact the scrubbed outputs are the model's; each measure of them is worked out anew in float64.
    /// Logits are at most 10, so that their rounding is below 1e-6.
    @Test("a measure is what its definition makes of the outputs", arguments: MeasuredCase.all)
    func definition(_ measured: MeasuredCase) throws {
        try SmallTransformer.with(outputs: measured.outputs) { small in
            let rows = MeasuredRows(outputs: measured.outputs)
            try rows.write(to: small)
            let experiment = try MeasuredRows.experiment(small, measured.text, claim: "input: {same: exact}")
            let run = try experiment.run(RunOptions(samples: 16, backend: .cpu, keepsOutputs: true))
            let outputs = try #require(run.outputs)
            let (positions, width) = (outputs.sizes[1], outputs.sizes[2])
            let values = try #require(outputs.floats).map(Double.init)
            let read =
                measured.text.contains("[0, 2]") ? [0, 2] : measured.text.contains("[1, 2]") ? [1, 2] : [0, 1, 2]
            let shift = measured.text.contains("shift: 1") ? 1 : 0
            for replicate in 0..<16 {
                let row = Int(run.tables[0][replicate])
                let logits = (0..<positions).map { position -> [Double] in
                    let start = (replicate * positions + position) * width
                    return (width == 1 ? [0] : []) + values[start..<start + width]
                }
                var expected = 0.0
                if measured.text.contains("squared") {
                    let targets = read.flatMap { rows.targets(row)[$0 * width..<($0 + 1) * width] }
                    let outputs = logits.flatMap { $0.suffix(width) }
                    expected = zip(outputs, targets).reduce(0) { $0 + pow($1.0 - $1.1, 2) }
                    if measured.text.contains("mean_") { expected /= Double(targets.count) }
                } else {
                    let masked = measured.text.contains("mask")
                    let places = Array(read.prefix(positions)).map { $0 + shift }
                    let weights = places.map { masked ? Double(rows.mask(row)[$0]) : 1 }
                    for (number, place) in places.enumerated() {
                        let score = score(
                            measured.text, logits[number], rows.at(row)[place], against: rows.wrong(row)[place])
                        expected += weights[number] / weights.reduce(0, +) * score
                    }
                }
                #expect(abs(Double(run.scrubbed[replicate]) - expected) <= 2e-6 * max(1, abs(expected)))
            }
        }
    }

    private func score(_ text: String, _ logits: [Double], _ label: Int, against other: Int) -> Double {
        let probability = exp(logits[label]) / logits.reduce(0) { $0 + exp($1) }
        if text.contains("accuracy") { return logits.firstIndex(of: logits.max() ?? 0) == label ? 1 : 0 }
        if text.contains("probability") { return probability }
        if text.contains("entropy") { return -log(probability) }
        if text.contains("against: wrong") { return logits[label] - logits[other] }
        let rest = logits.indices.filter { $0 != label }.map { logits[$0] }
        return logits[label] - rest.reduce(0, +) / Double(rest.count)
    }

    @Test func aCorrelationIsOfOneLogitWithAColumn() throws {
        try SmallTransformer.with(outputs: 3) { small in
            let rows = MeasuredRows(outputs: 3)
            try rows.write(to: small)
            let experiment = try MeasuredRows.experiment(
                small, "measure: correlation, at: 1, label: score, logit: 2", claim: "input: {same: exact}")
            let behaviour = experiment.behaviour
            guard case .correlation(let source) = behaviour.summary else {
                Issue.record("\(behaviour.summary)")
                return
            }
            #expect(experiment.model.columns[source]?.floats == (0..<8).map { Float(rows.score($0)) })
            #expect(behaviour.baseline == .zero && !behaviour.isLoss && behaviour.bestConstant == nil)
            let run = try experiment.run(RunOptions(samples: 5, backend: .cpu, keepsOutputs: true))
            let outputs = try #require(run.outputs?.floats)
            #expect(run.scrubbed == (0..<5).map { outputs[$0 * 3 + 2] })
        }
    }

    @Test func theOneLogitNeedsNoNumber() throws {
        try SmallTransformer.with(outputs: 1) { small in
            try MeasuredRows(outputs: 1).write(to: small)
            let experiment = try MeasuredRows.experiment(
                small, "measure: correlation, at: last, label: y", claim: "input: {same: exact}")
            let run = try experiment.run(RunOptions(samples: 50, backend: .cpu, keepsOutputs: true))
            #expect(run.scrubbed == run.outputs?.floats)
        }
    }
}
