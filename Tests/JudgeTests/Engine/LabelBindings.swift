import ScrubCore
import ScrubGraph
import ScrubHypothesis
import ScrubModels
import ScrubOps

extension JudgeCase {
    var behaviour: JudgedBehaviour { JudgedBehaviour(hypothesis.behaviour, positions: positions) }

    /// What the behaviour needs of every row of D.
    var labels: [BehaviourDatum] { data.map { behaviour.datum($0, outputs: model.outputs) } }

    /// The behaviour as the front end is asked for it.
    var form: BehaviourForm {
        let statement = hypothesis.behaviour
        let everywhere = statement.positions.value == .all && statement.shift == 0
        return BehaviourForm(
            measure: statement.measure.value,
            positions: everywhere ? nil : behaviour.positions,
            target: statement.label.value == "model" ? .model : .column(statement.label.value),
            isWeighted: statement.mask != nil)
    }

    /// Labels, their weights, and their distribution over D, as the behaviour's nodes expect them.
    var labelBindings: [InputSource: HostTensor] {
        let (labels, count, names) = (labels, behaviour.positions.count, form.names)
        var bindings: [InputSource: HostTensor] = [:]
        bindings[names.weights] = HostTensor(
            [labels.count, count], labels.flatMap { $0.weights.map(Float.init) })
        if form.measure == .squaredError {
            let (mean, variance) = targetMoments(labels)
            bindings[names.labels] = HostTensor(
                [labels.count, count, model.outputs], labels.flatMap { $0.targets.map(Float.init) })
            bindings[names.distribution] = HostTensor([count, model.outputs], mean.map(Float.init))
            bindings[names.variance] = HostTensor([], [Float(variance)])
            return bindings
        }
        bindings[names.labels] = HostTensor(
            [labels.count, count], labels.flatMap { $0.labels.map(Int32.init) })
        // A binary cross-entropy whose positions all weigh the same asks for the probability of label 1 alone.
        let isProbability = form.measure == .binaryCrossEntropy && !form.isWeighted
        let width = isProbability ? 1 : form.measure == .crossEntropy ? model.outputs : 2
        var distribution = [Double](repeating: 0, count: count * width)
        for (datum, weight) in zip(labels, weights) {
            for position in 0..<count {
                if !isProbability {
                    distribution[position * width + datum.labels[position]] += weight * datum.weights[position]
                } else if datum.labels[position] == 1 {
                    distribution[position] += weight
                }
            }
        }
        let sizes = isProbability ? [count] : [count, width]
        bindings[names.distribution] = HostTensor(sizes, distribution.map(Float.init))
        return bindings
    }

    /// The mean of every element of the targets, and the sum of their variances.
    private func targetMoments(_ labels: [BehaviourDatum]) -> (mean: [Double], variance: Double) {
        let count = behaviour.positions.count * model.outputs
        let mean = (0..<count).map { element in zip(labels, weights).reduce(0) { $0 + $1.0.targets[element] * $1.1 } }
        let variance = zip(labels, weights).reduce(0) { sum, row in
            sum + row.1 * zip(row.0.targets, mean).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        }
        return (mean, variance)
    }
}
