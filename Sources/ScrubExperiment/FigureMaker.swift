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

    func figure() throws(ExperimentError) -> Report.Figure {
        let model = over(try root("model"))
        let scrubbed = Moments(try root("scrubbed")).estimate ?? .exact(.nan)
        let baseline = experiment.behaviour.baseline == nil ? try selfBaseline() : over(try root("baseline"))
        return Report.Figure(
            metric: experiment.behaviour.metric, model: model, scrubbed: scrubbed, baseline: baseline,
            recovered: recovered(model: model, scrubbed: scrubbed, baseline: baseline))
    }

    private func root(_ name: String) throws(ExperimentError) -> [Float] {
        guard let values = result.roots[name]?.floats else { throw .noRoot(name) }
        return values
    }

    /// Over D exactly, or over the reference data drawn.
    private func over(_ values: [Float]) -> Estimate {
        func value(_ row: Int32) -> Float { values[Int(rows.slots[Int(row)])] }
        if isExact {
            return .exact(mean((0..<Int32(experiment.dataset.count)).map(value), weights: experiment.dataset.weights))
        }
        return Moments(reference.lazy.map(value)).estimate ?? .exact(.nan)
    }

    private func selfBaseline() throws(ExperimentError) -> Estimate {
        let outputs = try root("model outputs")
        let width = outputs.count / max(1, rows.representatives.count)
        let wanted = isExact ? Array(0..<Int32(experiment.dataset.count)) : reference
        let gathered = wanted.flatMap { row in
            let slot = Int(rows.slots[Int(row)])
            return outputs[slot * width..<(slot + 1) * width]
        }
        return .exact(
            LabelDistribution.selfBaseline(
                outputs: gathered, width: width, weights: isExact ? experiment.dataset.weights : nil))
    }
}
