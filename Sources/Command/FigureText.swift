import Scrubjay

/// One behaviour for a person: its estimates, how it is distributed, its groups.
struct FigureText {
    let figure: Report.Figure
    let isExact: Bool

    /// What carries a mean is few below this probability.
    private static let fewRows = 0.05

    init(_ figure: Report.Figure, isExact: Bool) {
        self.figure = figure
        self.isExact = isExact
    }

    var text: String {
        var rows = [
            [figure.metric, "mean", "std. error", "95% interval"], row("model", figure.model),
            row("scrubbed", figure.scrubbed), row("baseline", figure.baseline),
            figure.recovered.map { row("recovered", $0, percent) } ?? ["recovered", "undefined"],
            row("scrubbed - model", figure.difference),
        ]
        rows += figure.bestConstant.map { [["best constant", number($0), "exact"]] } ?? []
        rows +=
            figure.calibratedGuess.map {
                [["calibrated guess", number($0), figure.model.method == .exact ? "exact" : ""]]
            } ?? []
        // What is right or wrong has no quantiles worth the lines.
        let distribution = figure.metric == "accuracy" ? "" : figure.distribution.map(text) ?? ""
        return table(rows) + distribution + groups
    }

    private func row(_ name: String, _ estimate: Estimate, _ format: (Double) -> String = number) -> [String] {
        if !estimate.standardError.isFinite { return [name, format(estimate.mean), "unknown", ""] }
        if estimate.method == .exact { return [name, format(estimate.mean), "exact", ""] }
        let interval = estimate.interval.map(format).joined(separator: " to ") + (estimate.isTrusted ? "" : " (?)")
        return [name, format(estimate.mean), format(estimate.standardError), interval]
    }

    private func text(_ distribution: Report.Distributions) -> String {
        let quantiles = table([
            ["quantiles"] + distribution.levels.map { "\(Int(($0 * 100).rounded()))%" },
            ["model"] + distribution.model.map(number), ["scrubbed"] + distribution.scrubbed.map(number),
        ])
        let chance = distribution.pValue.map { " (p \($0 < 1e-16 ? "< 1e-16" : "= \(number($0))"))" } ?? ""
        let some = distribution.samples.map { " (of the first \($0.grouped) samples, as quantiles are)" } ?? ""
        var apart =
            "distributions apart\(some): Wasserstein \(number(distribution.wasserstein)), Kolmogorov-Smirnov "
            + "\(number(distribution.kolmogorovSmirnov))\(chance), energy \(number(distribution.energy))\n"
        if let cancellation = distribution.cancellation {
            let error = cancellation.standardError == 0 ? "" : " ± \(percent(cancellation.standardError))"
            apart += "\(percent(cancellation.mean))\(error) of the change in single samples cancels in the mean\n"
        }
        let whole = figure.model.method == .exact ? "rows" : "samples"
        for (what, carriers) in [(whole, distribution.modelCarriers), ("samples", distribution.scrubbedCarriers)] {
            guard let carriers, carriers.probability < Self.fewRows else { continue }
            let whose = carriers == distribution.modelCarriers ? "model's" : "scrubbed"
            apart +=
                "\(carriers.count.grouped) of \(carriers.total.grouped) \(what) carry \(percent(carriers.share)) of the "
                + "\(whose) mean\n"
        }
        return "\n" + quantiles + "\n" + apart
    }

    /// A table for each grouping.
    private var groups: String {
        var tables = ""
        var left = figure.groups[...]
        while let by = left.first?.by {
            let own = left.prefix { $0.by == by }
            left = left.dropFirst(own.count)
            let rows = own.map { group in
                [
                    zip(group.by, group.values).map { "\($0) = \($1)" }.joined(separator: ", "), percent(group.share),
                    group.samples.grouped,
                ]
                    + (group.estimates.map { estimates in
                        [
                            estimates.model.text, estimates.scrubbed.text, estimates.baseline.text,
                            estimates.recovered?.shareText ?? "undefined",
                        ]
                    } ?? [group.samples == 0 ? "no samples" : "undefined"])
            }
            tables +=
                "\n"
                + table(
                    [["\(figure.metric) by group", "of D", "samples", "model", "scrubbed", "baseline", "recovered"]]
                        + rows)
        }
        return tables
    }
}
