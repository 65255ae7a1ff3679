internal import ScrubStatistics

/// One behaviour on some replicates, and what is known of it on some rows of D: enough for its estimates.
struct Measurement {
    /// By replicate.
    var model: [Float]
    var scrubbed: [Float]
    /// By replicate; empty where it is known without.
    var baseline: [Float]
    /// By replicate, the column with which a correlation is taken; nil for a mean.
    var column: [Float]?
    /// By replicate, where they are all the combinations there are; nil where they are samples.
    var probabilities: [Double]?
    /// The sums of the replicates, where they are all that are meant and the values may not be: columns as in
    /// `ReplicateSums`.
    var sums: BlockSums?
    /// The figures over all rows of D that are meant, where every one was computed.
    var exactModel: Double?
    var exactBaseline: Double?

    /// Whether values are 0 and 1 alone, as those of an accuracy at one position.
    var isIndicator = false

    /// Nil for no replicate, and for a correlation with a constant.
    func estimates() throws(StatisticsError) -> Report.Estimates? {
        guard !scrubbed.isEmpty else { return nil }
        if let probabilities { return exact(probabilities) }
        if let column { return try correlations(column) }
        return try means()
    }

    /// The model's own figure, where it is a mean; nil for no replicate.
    func modelMean() -> Double? {
        if scrubbed.isEmpty { return nil }
        return exactModel ?? sums?.mean(of: ReplicateSums.Column.model.rawValue)
            ?? mean(model, weights: probabilities)
    }

    private func exact(_ probabilities: [Double]) -> Report.Estimates? {
        func summary(_ values: [Float]) -> Double? {
            if let column { return correlation(values, column, weights: probabilities) }
            return mean(values, weights: probabilities)
        }
        guard let model = exactModel ?? summary(model), let scrubbed = summary(scrubbed),
            let baseline = exactBaseline ?? summary(baseline)
        else { return nil }
        return Report.Estimates(
            model: .exact(model), scrubbed: .exact(scrubbed), baseline: .exact(baseline),
            recovered: recovered(model: .exact(model), scrubbed: .exact(scrubbed), baseline: .exact(baseline)),
            difference: .exact(scrubbed - model))
    }

    /// The three by one bootstrap, so that what they have in common cancels in the share recovered.
    private func means() throws(StatisticsError) -> Report.Estimates? {
        typealias Column = ReplicateSums.Column
        let columns: [Column] = [.scrubbed, .model] + (exactBaseline == nil ? [.baseline] : [])
        let bootstrap =
            if let sums { Bootstrap(sums.picking(columns.map(\.rawValue))) } else {
                try Bootstrap([scrubbed, model] + (exactBaseline == nil ? [baseline] : []))
            }
        guard let scrubbed = bootstrap.mean(of: 0, isIndicator: isIndicator),
            let model = exactModel.map(Estimate.exact) ?? bootstrap.mean(of: 1, isIndicator: isIndicator),
            let baseline = exactBaseline.map(Estimate.exact) ?? bootstrap.mean(of: 2),
            let difference = bootstrap.difference(0, 1)
        else { return nil }
        return Report.Estimates(
            model: model, scrubbed: scrubbed, baseline: baseline,
            recovered: knownGap(scrubbed)
                ?? bootstrap.recovered(
                    model: exactModel.map(LossTerm.exact) ?? .column(1), scrubbed: 0,
                    baseline: exactBaseline.map(LossTerm.exact) ?? .column(2)),
            difference: difference)
    }

    private func correlations(_ column: [Float]) throws(StatisticsError) -> Report.Estimates? {
        guard let scrubbed = try Bootstrap.correlation(scrubbed, column),
            let sampled = try Bootstrap.correlation(model, column)
        else { return nil }
        let model = exactModel.map(Estimate.exact) ?? sampled
        let isTrusted = scrubbed.isTrusted && model.isTrusted
        var estimates = Report.Estimates(
            model: model, scrubbed: scrubbed, baseline: .exact(0),
            recovered: knownGap(scrubbed) ?? recovered(model: model, scrubbed: scrubbed, baseline: .exact(0)),
            difference: exactModel.map { scrubbed.affine(-$0, 1) }
                ?? Estimate(
                    mean: scrubbed.mean - model.mean,
                    standardError: (scrubbed.standardError * scrubbed.standardError
                        + model.standardError * model.standardError).squareRoot()))
        estimates.recovered?.isTrusted = isTrusted
        estimates.difference.isTrusted = isTrusted
        return estimates
    }

    /// The share recovered where model and baseline are known exactly: a linear function of the scrubbed figure.
    private func knownGap(_ scrubbed: Estimate) -> Estimate? {
        guard let exactModel, let exactBaseline, exactBaseline != exactModel else { return nil }
        let gap = exactBaseline - exactModel
        return scrubbed.affine(exactBaseline / gap, -1 / gap)
    }
}
