internal import ScrubCore
internal import ScrubData
internal import ScrubGraph
internal import ScrubPlan
internal import ScrubStatistics

/// Turns what a run returned into figures.
struct FigureMaker {
    let experiment: Experiment
    let result: RunResult
    let rows: DistinctRows
    /// The reference datum of each replicate.
    let reference: [Int32]
    /// Whether the dataset axis holds all of D.
    let isExact: Bool
    /// Of each replicate, where they are all the combinations there are; nil where they are samples.
    let probabilities: [Double]?

    func figure() throws(ExperimentError) -> Report.Figure {
        let scrubbed = try root("scrubbed")
        let behaviour = experiment.behaviour
        if isExact {
            let model = Estimate.exact(mean(overRows(try root("model")), weights: experiment.dataset.weights))
            let estimate = overReplicates(scrubbed)
            let baseline: Estimate
            switch behaviour.baseline {
            case .ownOutput: baseline = .exact(try selfBaseline())
            case .expected:
                baseline = .exact(mean(overRows(try root("baseline")), weights: experiment.dataset.weights))
            case .sampled: baseline = overReplicates(try root("baseline"))
            case .zero: baseline = .exact(0)
            }
            return Report.Figure(
                metric: behaviour.metric, model: model, scrubbed: estimate, baseline: baseline,
                recovered: recovered(model: model, scrubbed: estimate, baseline: baseline))
        }
        let model = overReference(try root("model"))
        let baseline =
            switch behaviour.baseline {
            case .ownOutput: try selfBaselines()
            case .expected: overReference(try root("baseline"))
            case .sampled: try root("baseline")
            case .zero: [Float](repeating: 0, count: reference.count)
            }
        return Report.Figure(
            metric: behaviour.metric, model: overReplicates(model), scrubbed: overReplicates(scrubbed),
            baseline: overReplicates(baseline),
            recovered: recovered(model: model, scrubbed: scrubbed, baseline: baseline))
    }

    /// The mean over replicates: an estimate of samples, or the expectation over all combinations.
    private func overReplicates(_ values: [Float]) -> Estimate {
        if let probabilities {
            return .exact(zip(values, probabilities).reduce(0) { $0 + Double($1.0) * $1.1 })
        }
        return Moments(values).estimate ?? .exact(.nan)
    }

    private func root(_ name: String) throws(ExperimentError) -> [Float] {
        guard let values = result.roots[name]?.floats else { throw .noRoot(name) }
        return values
    }

    private func overRows(_ values: [Float]) -> [Float] { rows.slots.map { values[Int($0)] } }

    private func overReference(_ values: [Float]) -> [Float] { reference.map { values[Int(rows.slots[Int($0)])] } }

    /// What the behaviour reads of the model on each of `data`, rows of D.
    private func modelOutputs(on data: some Sequence<Int32>) throws(ExperimentError) -> (values: [Float], width: Int) {
        let outputs = try root("model outputs")
        let width = outputs.count / max(1, rows.representatives.count)
        let gathered = data.flatMap { row in
            let slot = Int(rows.slots[Int(row)])
            return outputs[slot * width..<(slot + 1) * width]
        }
        return (gathered, width)
    }

    private func selfBaseline() throws(ExperimentError) -> Double {
        let (outputs, width) = try modelOutputs(on: 0..<Int32(experiment.dataset.count))
        return LabelDistribution.selfBaseline(outputs: outputs, width: width, weights: experiment.dataset.weights)
    }

    /// For each replicate, its share of the baseline against the other replicates' outputs: the mean over replicates
    /// is the unbiased estimate, twice the sample variance.
    private func selfBaselines() throws(ExperimentError) -> [Float] {
        let (outputs, width) = try modelOutputs(on: reference)
        let count = reference.count
        guard count > 1 else { return [.nan] }
        var shares = [Double](repeating: 0, count: count)
        for i in 0..<width {
            let mean = (0..<count).reduce(0.0) { $0 + Double(outputs[$1 * width + i]) } / Double(count)
            for replicate in 0..<count {
                let deviation = Double(outputs[replicate * width + i]) - mean
                shares[replicate] += 2 * deviation * deviation
            }
        }
        return shares.map { Float($0 * Double(count) / Double(count - 1)) }
    }
}
