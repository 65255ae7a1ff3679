internal import Foundation
internal import ScrubCore
internal import ScrubStatistics

/// The known ways in which figures mislead, each a line where it is met.
struct FigureWarnings {
    let report: Report
    /// The width that `--until-width` asked for.
    let goal: Double?
    /// The metrics of which more is better.
    let scores: Set<String>

    var texts: [String] {
        report.figures.flatMap { figure in
            let isScore = scores.contains(figure.metric)
            return [
                idle(figure, isScore), untrusted(figure), wide(figure), above(figure, isScore), worse(figure, isScore),
            ].compactMap(\.self).map { "\(figure.metric): \($0)" }
        } + [unreached].compactMap(\.self)
    }

    private func idle(_ figure: Report.Figure, _ isScore: Bool) -> String? {
        let (model, baseline) = (figure.model.mean, figure.baseline.mean)
        guard (isScore ? baseline - model : model - baseline) > 1e-6 * max(1, abs(baseline)) else { return nil }
        return "the model (\(four(model))) does worse than its outputs do against the labels of other data "
            + "(\(four(baseline))), so that there is nothing to recover: are the data, label and positions right?"
    }

    private func untrusted(_ figure: Report.Figure) -> String? {
        guard !figure.scrubbed.isTrusted else { return nil }
        if report.samples < Trust.leastReplicates { return "\(report.samples) samples are too few for an interval" }
        var why = "a few samples bear most of it"
        if figure.model.method == .exact, let carriers = figure.distribution?.modelCarriers,
            carriers.areMissed(by: report.samples)
        {
            let met = Double(report.samples) * carriers.probability
            why =
                "\(carriers.count) of \(carriers.total) rows carry \(percent(carriers.share)) of the model's mean, of "
                + "which \(report.samples) samples meet \((met * 10).rounded() / 10) on average"
        }
        return "the interval of the scrubbed mean cannot be trusted: \(why)"
    }

    private func wide(_ figure: Report.Figure) -> String? {
        guard let recovered = figure.recovered, recovered.standardError > 0 else { return nil }
        guard recovered.width > abs(recovered.mean), recovered.width > 0.02 else { return nil }
        return "the interval of the share recovered (\(percent(recovered.interval[0])) to "
            + "\(percent(recovered.interval[1]))) is wider than the share itself: draw more samples"
    }

    /// Paired, so that a sample of easy data is not taken for a good hypothesis.
    private func above(_ figure: Report.Figure, _ isScore: Bool) -> String? {
        guard let recovered = figure.recovered, recovered.mean > 1 else { return nil }
        let gain = isScore ? figure.difference.interval[0] : -figure.difference.interval[1]
        guard gain > 1e-6 * abs(figure.baseline.mean - figure.model.mean) else { return nil }
        return "the scrubbed model does better than the model (recovered \(percent(recovered.mean))): "
            + "the hypothesis leaves out what does harm, or draws apart what belongs together"
    }

    private func worse(_ figure: Report.Figure, _ isScore: Bool) -> String? {
        guard let constant = figure.bestConstant else { return nil }
        let interval = figure.scrubbed.interval
        let behind = isScore ? constant - interval[1] : interval[0] - constant
        guard behind > 1e-6 * max(1, abs(constant)) else { return nil }
        return "the scrubbed model (\(four(figure.scrubbed.mean))) does worse than the best constant output "
            + "(\(four(constant)))"
    }

    private var unreached: String? {
        guard let goal, let figure = report.figures.first else { return nil }
        guard (figure.recovered ?? figure.scrubbed).width > goal else { return nil }
        return "--until-width \(four(goal)) was not reached: \(report.samples) samples are the most that are drawn"
    }

    /// Four digits.
    private func four(_ value: Double) -> String { String(format: "%.4g", value) }

    private func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10)%" }
}
