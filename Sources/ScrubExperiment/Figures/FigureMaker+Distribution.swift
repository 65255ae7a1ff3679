internal import Foundation
internal import ScrubCore
internal import ScrubData
internal import ScrubGraph
internal import ScrubOps
internal import ScrubStatistics

extension FigureMaker {
    /// How the behaviour is distributed over data, in the model and scrubbed.
    func distribution(_ number: Int) throws -> Report.Distributions {
        let measured = replicates.measured[number]
        let kept = measured.scrubbed.count
        let known = population?.measured[number].model
        let weights = known == nil ? probabilities : experiment.dataset.weights
        let model = try Distribution(known ?? measured.model, weights: weights)
        let scrubbed = try Distribution(measured.scrubbed, weights: probabilities)
        let apart = model.distances(to: scrubbed)
        var pValue: Double?
        if probabilities == nil {
            pValue =
                known == nil
                ? Kolmogorov.pValue(apart.kolmogorov, counts: (kept, kept))
                : Kolmogorov.pValue(apart.kolmogorov, count: kept)
        }
        func quantiles(_ distribution: Distribution) -> [Double] {
            Report.Distributions.levels.compactMap { distribution.quantile($0).map(Double.init) }
        }
        return Report.Distributions(
            levels: Report.Distributions.levels, model: quantiles(model), scrubbed: quantiles(scrubbed),
            samples: kept < replicates.count ? kept : nil, wasserstein: apart.wasserstein,
            kolmogorovSmirnov: apart.kolmogorov, pValue: pValue, energy: apart.energy,
            cancellation: cancellation(number),
            modelCarriers: try Carriers(known ?? measured.model, weights: weights),
            scrubbedCarriers: try Carriers(measured.scrubbed, weights: probabilities))
    }

    /// 1 - |E(s - m)| / E|s - m|.
    private func cancellation(_ number: Int) -> Estimate? {
        let measured = replicates.measured[number]
        guard let probabilities else {
            let columns = [ReplicateSums.Column.change, .size].map(\.rawValue)
            return Bootstrap(replicates.sums.behaviours[number].picking(columns)).cancellation(of: 0, sizes: 1)
        }
        let changes = zip(measured.scrubbed, measured.model).map { $0 - $1 }
        let size = mean(changes.map { abs($0) }, weights: probabilities)
        return size > 0 ? .exact(1 - abs(mean(changes, weights: probabilities)) / size) : nil
    }

    /// The loss of a guess that knows how often the model is right, and no more.
    func calibratedGuess(_ behaviour: Behaviour) throws -> Double? {
        guard behaviour.metric == "cross_entropy" || behaviour.metric == "binary_cross_entropy",
            let number = experiment.behaviours.firstIndex(where: {
                $0.metric == "accuracy" && $0.read == behaviour.read
            }),
            let accuracy = measurement(number).modelMean()
        else { return nil }
        // The guess: the answer that the model prefers, with the probability that it is right, the rest evenly.
        let labels = Double(max(2, experiment.graph.nodes[behaviour.read].type.shape.axes.last?.count ?? 2))
        func share(_ p: Double, _ among: Double) -> Double { p > 0 ? -p * log(p / among) : 0 }
        return share(accuracy, 1) + share(1 - accuracy, labels - 1)
    }
}

extension Report.Estimates {
    /// Marks what cannot be trusted where rows that carry the model's mean are too rare to be met, and would count
    /// beside the interval as it is.
    mutating func doubt(_ carriers: Carriers, replicates: Int) {
        guard model.method == .exact, carriers.areMissed(by: replicates), scrubbed.method != .exact,
            carriers.share * abs(model.mean) > scrubbed.width / 2
        else { return }
        scrubbed.isTrusted = false
        recovered?.isTrusted = false
    }
}
