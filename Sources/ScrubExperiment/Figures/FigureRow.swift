public import ScrubStatistics

/// One number of a report with what it is of: reports as a table with a row a number.
public struct FigureRow: Hashable, Sendable {
    public var hypothesis: String
    /// The behaviour; empty for what is of none.
    public var metric: String
    /// `balanced = 1, count = 3`, `claim a1.h0`; empty for the whole.
    public var of: String
    /// `recovered`, `wasserstein`, `made exact: difference`, …
    public var figure: String
    public var estimate: Estimate
    /// Whether it is more than a number: has a standard error and an interval.
    public var isEstimate: Bool
}

extension Report {
    /// Every number, in the order of the report.
    public var rows: [FigureRow] {
        row("samples", Double(samples)) + figures.flatMap(rows) + outputRows + claimRows
            + (attribution ?? []).flatMap(rows)
            + (against?.figures ?? []).flatMap(rows)
    }

    private func row(_ figure: String, _ estimate: Estimate?, _ metric: String = "", of: String = "") -> [FigureRow] {
        estimate.map {
            [FigureRow(hypothesis: title, metric: metric, of: of, figure: figure, estimate: $0, isEstimate: true)]
        } ?? []
    }

    private func row(_ figure: String, _ number: Double?, _ metric: String = "", of: String = "") -> [FigureRow] {
        number.map {
            [
                FigureRow(
                    hypothesis: title, metric: metric, of: of, figure: figure, estimate: .exact($0), isEstimate: false)
            ]
        } ?? []
    }

    private func rows(_ estimates: Estimates, _ metric: String, of: String) -> [FigureRow] {
        row("model", estimates.model, metric, of: of) + row("scrubbed", estimates.scrubbed, metric, of: of)
            + row("baseline", estimates.baseline, metric, of: of)
            + row("recovered", estimates.recovered, metric, of: of)
            + row("difference", estimates.difference, metric, of: of)
    }

    private func rows(_ figure: Figure) -> [FigureRow] {
        let metric = figure.metric
        var rows = rows(figure.estimates, metric, of: "")
        rows += row("best_constant", figure.bestConstant, metric)
        rows += row("calibrated_guess", figure.calibratedGuess, metric)
        if let distribution = figure.distribution {
            for (number, level) in distribution.levels.enumerated() {
                rows += row("model quantile \(level)", distribution.model[number], metric)
                rows += row("scrubbed quantile \(level)", distribution.scrubbed[number], metric)
            }
            rows += row("wasserstein", distribution.wasserstein, metric)
            rows += row("kolmogorov_smirnov", distribution.kolmogorovSmirnov, metric)
            rows += row("p_value", distribution.pValue, metric)
            rows += row("energy", distribution.energy, metric)
            rows += row("cancellation", distribution.cancellation, metric)
            for (name, carriers) in [
                ("model", distribution.modelCarriers), ("scrubbed", distribution.scrubbedCarriers),
            ] {
                rows += row("\(name) carriers", (carriers?.count).map { Double($0) }, metric)
                rows += row("\(name) carriers' share", carriers?.share, metric)
                rows += row("\(name) carriers' probability", carriers?.probability, metric)
            }
        }
        for group in figure.groups {
            let name = zip(group.by, group.values).map { "\($0) = \($1)" }.joined(separator: ", ")
            rows += row("share", group.share, metric, of: name)
            rows += row("samples", Double(group.samples), metric, of: name)
            rows += group.estimates.map { self.rows($0, metric, of: name) } ?? []
        }
        return rows
    }

    private var outputRows: [FigureRow] { row("output l2", outputs.l2) + row("output kl", outputs.kl) }

    private var claimRows: [FigureRow] {
        guard let claims else { return [] }
        return (claims.claims + claims.others).flatMap(rows) + row("said_bits", claims.saidBits)
            + row("inputs", Double(claims.inputs)) + row("is_upper_bound", claims.isUpperBound ? 1 : 0)
            + row("dataset_bits", claims.datasetBits) + row("reference_bits", claims.referenceBits)
            + row("draw_bits", claims.drawBits) + row("entropy_bits", claims.entropyBits)
    }

    private func rows(_ draw: Specificity.Draw) -> [FigureRow] {
        let numbers: [(String, Double)] = [
            ("classes", Double(draw.classes)), ("smallest_class", Double(draw.smallestClass)),
            ("largest_class", Double(draw.largestClass)), ("mean_class", draw.meanClass),
            ("met_class", draw.metClass), ("singleton_share", draw.singletonShare),
            ("expected_swaps", draw.expectedSwaps), ("draw_bits", draw.drawBits), ("lost_bits", draw.lostBits),
            ("is_determined", draw.isDetermined ? 1 : 0),
        ]
        return numbers.flatMap { row($0.0, $0.1, of: "claim \(draw.path)") }
    }

    private func rows(_ attribution: ClaimAttribution) -> [FigureRow] {
        [("made exact", attribution.exact), ("made unconditional", attribution.unconditional)].flatMap { name, change in
            change.map { change in
                let (metric, claim) = (figures.first?.metric ?? "", "claim \(attribution.claim)")
                return row("\(name): scrubbed", change.scrubbed, metric, of: claim)
                    + row("\(name): difference", change.difference, metric, of: claim)
                    + row("\(name): recovered difference", change.recovered, metric, of: claim)
            } ?? []
        }
    }

    private func rows(_ difference: PairedDifference.Figure) -> [FigureRow] {
        let name = "less \(against?.hypothesis ?? "")"
        return row("scrubbed difference", difference.scrubbed, difference.metric, of: name)
            + row("recovered difference", difference.recovered, difference.metric, of: name)
    }
}
