internal import ScrubCore
internal import ScrubData
internal import ScrubGraph
internal import ScrubOps
internal import ScrubStatistics

/// Turns what was measured into figures.
struct FigureMaker {
    let experiment: Experiment
    var replicates: Replicates
    /// What is known of the plain model on all of D; nil where only drawn rows were computed.
    let population: Population?
    /// Of each replicate, where they are all the combinations there are; nil where they are samples.
    let probabilities: [Double]?

    /// How many replicates are kept value by value: all, unless figures of means, and those that need order of many
    /// replicates, are all that is asked.
    static func mostKept(_ experiment: Experiment, _ options: RunOptions) -> Int {
        let isModelExact = experiment.isModelExact(options)
        let needsSums =
            !options.keepsReplicates && !options.isExact && options.groupings.isEmpty
            && experiment.behaviours.allSatisfy { behaviour in
                behaviour.summary == .mean && (isModelExact || behaviour.baseline != .ownOutput)
            }
        return needsSums ? Replicates.mostKept : .max
    }

    /// - Throws: `ExperimentError.noCorrelation` where the column of a correlation, or an output, is constant;
    ///   `StatisticsError` where a value is not finite.
    func figure(_ number: Int, groups: [Groups]) throws -> Report.Figure {
        let behaviour = experiment.behaviours[number]
        guard var whole = try measurement(number).estimates() else {
            if behaviour.baseline == .ownOutput && replicates.count < 2 { throw ExperimentError.ownOutputOfOne }
            throw ExperimentError.noCorrelation(behaviour.metric)
        }
        let distribution = behaviour.summary == .mean ? try distribution(number) : nil
        if let carriers = distribution?.modelCarriers { whole.doubt(carriers, replicates: replicates.count) }
        return Report.Figure(
            metric: behaviour.metric, model: whole.model, scrubbed: whole.scrubbed, baseline: whole.baseline,
            recovered: whole.recovered, difference: whole.difference, bestConstant: behaviour.bestConstant,
            calibratedGuess: try calibratedGuess(behaviour), distribution: distribution,
            groups: try groups.flatMap { try self.groups($0, number) })
    }

    func outputDistance() -> Report.OutputFigures {
        func estimate(_ sums: BlockSums, _ values: @autoclosure () -> [Float]) -> Estimate? {
            if let probabilities { return .exact(mean(values(), weights: probabilities)) }
            return Bootstrap(sums).mean()
        }
        return Report.OutputFigures(
            l2: replicates.squaredDistance.isEmpty
                ? nil : estimate(replicates.sums.distance, replicates.squaredDistance.map { $0.squareRoot() }),
            kl: replicates.sums.divergence.flatMap { estimate($0, replicates.divergence) })
    }

    /// How many replicates more the first figure's interval asks for to be `width` wide; nil where it is, or where the
    /// most are drawn.
    func replicatesMissing(for width: Double) throws -> Int? {
        let left = RunOptions.mostReplicates - replicates.count
        guard left > 0 else { return nil }
        let count = Double(replicates.count)
        // Too few to know how many are wanted, or an interval that cannot be trusted: ten times as many.
        var wanted = 10 * count
        if let estimates = try measurement(0).estimates() {
            let estimate = estimates.recovered ?? estimates.scrubbed
            let ratio = estimate.width / width
            if ratio <= 1 && estimate.isTrusted { return nil }
            // A little more than the square root law says, so that one round is mostly enough.
            if estimate.isTrusted { wanted = count * min(ratio * ratio * 1.05, 100) }
        }
        return min(left, max(replicates.count / 10, Int(wanted) - replicates.count, 1))
    }

    private func groups(_ groups: Groups, _ number: Int) throws -> [Report.Group] {
        let weights = experiment.dataset.weights
        let total = weights?.reduce(0, +) ?? Double(experiment.dataset.count)
        let all = weights ?? [Double](repeating: 1, count: experiment.dataset.count)
        return try Subset.each(of: groups.classes, reference: replicates.reference).enumerated().map { group, subset in
            Report.Group(
                by: groups.by, values: groups.values[group], share: subset.rows(all).reduce(0, +) / total,
                samples: subset.replicates(replicates.reference).count,
                estimates: try measurement(number, on: subset).estimates())
        }
    }

    func measurement(_ number: Int, on subset: Subset = .everything) -> Measurement {
        let (behaviour, measured) = (experiment.behaviours[number], replicates.measured[number])
        var measurement = Measurement(
            model: subset.replicates(measured.model), scrubbed: subset.replicates(measured.scrubbed),
            baseline: subset.replicates(measured.baseline), probabilities: probabilities.map(subset.replicates))
        if behaviour.baseline == .ownOutput && population == nil {
            let own = OwnOutput(
                measured.modelOutputs, width: measured.modelOutputs.count / max(1, replicates.count),
                scale: experiment.graph.errorScale(of: behaviour))
            // A group's outputs are held against those of all data.
            measurement.baseline = subset.isEverything ? own.shares() : subset.replicates(own.expected(weights: nil))
        } else if subset.isEverything, probabilities == nil {
            measurement.sums = replicates.sums.behaviours[number]
        }
        let positions = experiment.graph.nodes[behaviour.read].type.shape.vectors
        measurement.isIndicator = behaviour.metric == "accuracy" && positions == 1
        if behaviour.baseline == .zero { measurement.exactBaseline = 0 }
        let weights = experiment.dataset.weights.map(subset.rows)
        let known = population?.measured[number]
        if let known, !known.baseline.isEmpty {
            measurement.exactBaseline = mean(subset.rows(known.baseline), weights: weights)
        }
        switch behaviour.summary {
        case .mean: measurement.exactModel = known.map { mean(subset.rows($0.model), weights: weights) }
        case .correlation(let source):
            let column = experiment.model.columns[source]?.floats ?? []
            measurement.column = measured.column.map(subset.replicates)
            measurement.exactModel = known.flatMap {
                correlation(subset.rows($0.model), subset.rows(column), weights: weights)
            }
        }
        return measurement
    }
}
