internal import ScrubCore
internal import ScrubExperiment
internal import ScrubStatistics

/// One behaviour of a group: that of one seed in full, and what it is over all seeds.
struct FigureView {
    var metric: String
    var estimates: Grid
    var strip: String?
    var quantiles: Grid?
    var sentences: String?
    var breakdowns: [Grid]

    /// - Parameters:
    ///   - figure: of one seed.
    ///   - all: of every seed, that one included.
    ///   - strips: how the behaviour's quantiles are drawn; nil for one that has none worth drawing.
    init(_ figure: Report.Figure, all: [Report.Figure], strips: QuantileStrips?) {
        metric = figure.metric
        estimates = Self.estimates(figure, all)
        breakdowns = Self.breakdowns(figure)
        guard let strips, let distribution = figure.distribution else { return }
        sentences = Self.sentences(distribution, figure)
        strip = strips.svg(distribution)
        quantiles = Grid(
            "Quantiles", isBare: true,
            heads: ["share of the data below"] + distribution.levels.map { "\(Numerals.whole($0 * 100))%" },
            rows: [
                ["model"] + distribution.model.map(Numerals.number),
                ["scrubbed"] + distribution.scrubbed.map(Numerals.number),
            ])
    }

    private static func estimates(_ figure: Report.Figure, _ all: [Report.Figure]) -> Grid {
        let several = all.count > 1
        func row(
            _ name: String, _ value: (Report.Figure) -> Estimate?,
            _ format: @escaping (Double) -> String = Numerals.number
        ) -> [String] {
            let spread = Spread(all.compactMap { value($0)?.mean })
            let over = several ? [spread.map { text($0, format) } ?? ""] : []
            guard let estimate = value(figure) else { return [name, "undefined", "", ""] + over }
            let error = estimate.method == .exact ? "exact" : format(estimate.standardError)
            return [name, format(estimate.mean), error, Numerals.interval(estimate, format) ?? ""] + over
        }
        func plain(_ name: String, _ value: Double?) -> [[String]] {
            value.map { [[name, Numerals.number($0), "", ""] + (several ? [""] : [])] } ?? []
        }
        return Grid(
            "Estimates", isBare: true,
            heads: ["", "mean", "std. error", "95% interval"] + (several ? ["over \(all.count) seeds"] : []),
            rows: [
                row("model", { $0.model }), row("scrubbed", { $0.scrubbed }), row("baseline", { $0.baseline }),
                row("recovered", { $0.recovered }, Numerals.percent), row("scrubbed − model", { $0.difference }),
            ] + plain("best constant output", figure.bestConstant) + plain("calibrated guess", figure.calibratedGuess))
    }

    /// `0.757 (0.71 to 0.79)`.
    private static func text(_ spread: Spread, _ format: (Double) -> String) -> String {
        spread.least == spread.greatest
            ? format(spread.mean)
            : "\(format(spread.mean)) (\(format(spread.least)) to \(format(spread.greatest)))"
    }

    private static func sentences(_ distribution: Report.Distributions, _ figure: Report.Figure) -> String {
        let some = distribution.samples.map { " (of the first \($0.counted("sample")))" } ?? ""
        var said =
            "Distances of the distributions\(some): Wasserstein \(Numerals.number(distribution.wasserstein)), "
            + "Kolmogorov-Smirnov \(Numerals.number(distribution.kolmogorovSmirnov))"
            + (distribution.pValue.map { " (\(Numerals.chance($0)))" } ?? "")
            + ", energy \(Numerals.number(distribution.energy))."
        if let cancellation = distribution.cancellation {
            said +=
                " \(Numerals.estimate(cancellation, Numerals.percent)) of the change in single samples cancels in the mean."
        }
        let whole = figure.model.method == .exact ? "rows" : "samples"
        for (what, whose, carriers) in [
            (whole, "model's", distribution.modelCarriers), ("samples", "scrubbed", distribution.scrubbedCarriers),
        ] {
            guard let carriers else { continue }
            said +=
                " \(carriers.count.grouped) of \(carriers.total.grouped) \(what) carry \(Numerals.percent(carriers.share)) "
                + "of the \(whose) mean."
        }
        return said
    }

    /// A table for each grouping.
    private static func breakdowns(_ figure: Report.Figure) -> [Grid] {
        var grids: [Grid] = []
        var left = figure.groups[...]
        while let by = left.first?.by {
            let own = left.prefix { $0.by == by }
            left = left.dropFirst(own.count)
            grids.append(
                Grid(
                    "\(figure.metric) by \(by.joined(separator: ", "))",
                    heads: ["group", "of D", "samples", "model", "scrubbed", "baseline", "recovered"],
                    rows: own.map { group in
                        let name = zip(group.by, group.values).map { "\($0) = \($1)" }.joined(separator: ", ")
                        let head = [name, Numerals.percent(group.share), group.samples.grouped]
                        guard let estimates = group.estimates else { return head + ["", "", "", "undefined"] }
                        return head
                            + [estimates.model, estimates.scrubbed, estimates.baseline].map { Numerals.estimate($0) }
                            + [estimates.recovered.map { Numerals.estimate($0, Numerals.percent) } ?? "undefined"]
                    }))
        }
        return grids
    }
}
