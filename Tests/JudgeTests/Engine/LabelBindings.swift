import ScrubCore
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
            loss: BehaviourForm.Loss(rawValue: statement.loss.value) ?? .crossEntropy,
            positions: everywhere ? nil : behaviour.positions,
            target: statement.label.value == "model" ? .model : .column(statement.label.value),
            isWeighted: statement.loss.value == "cross_entropy" && statement.mask != nil)
    }

    /// Labels, their weights, and their distribution over D, as the behaviour's nodes expect them.
    var labelBindings: [InputSource: HostTensor] {
        let (labels, count) = (labels, behaviour.positions.count)
        var bindings: [InputSource: HostTensor] = [:]
        bindings[BehaviourForm.weights] = HostTensor(
            [labels.count, count], labels.flatMap { $0.weights.map(Float.init) })
        if form.loss == .squaredError {
            let (mean, variance) = targetMoments(labels)
            bindings[BehaviourForm.labels] = HostTensor(
                [labels.count, count, model.outputs], labels.flatMap { $0.targets.map(Float.init) })
            bindings[BehaviourForm.distribution] = HostTensor([count, model.outputs], mean.map(Float.init))
            bindings[BehaviourForm.variance] = HostTensor([], [Float(variance)])
            return bindings
        }
        bindings[BehaviourForm.labels] = HostTensor(
            [labels.count, count], labels.flatMap { $0.labels.map(Int32.init) })
        let width = form.loss == .crossEntropy ? model.outputs : 1
        var distribution = [Double](repeating: 0, count: count * width)
        for (datum, weight) in zip(labels, weights) {
            for position in 0..<count {
                if form.loss == .crossEntropy {
                    distribution[position * width + datum.labels[position]] += weight * datum.weights[position]
                } else if datum.labels[position] == 1 {
                    distribution[position] += weight
                }
            }
        }
        let sizes = form.loss == .crossEntropy ? [count, width] : [count]
        bindings[BehaviourForm.distribution] = HostTensor(sizes, distribution.map(Float.init))
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
