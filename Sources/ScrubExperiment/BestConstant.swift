internal import Foundation
internal import ScrubCore
internal import ScrubGraph
internal import ScrubModels

/// How well one can do without looking at the input.
extension LabelDistribution {
    /// The best expected value of the measure over outputs that may differ from position to position, but are the same
    /// for every datum. A probability comes as near to it as one likes. Nil where the label is the model's own output,
    /// and for a logit difference, which has no greatest value, and a correlation, which a constant does not have.
    ///
    /// - Complexity: O(rows × positions), and O(rows log rows) for each output of an absolute error.
    var bestConstant: Double? {
        switch behaviour.form.measure {
        case .crossEntropy: entropy(logits)
        case .binaryCrossEntropy: entropy(2)
        case .accuracy, .probability:
            byPosition(max(2, logits)).reduce(0) { $0 + ($1.max() ?? 0) }
        case .squaredError: moments?.variance
        case .meanSquaredError: moments.map { $0.variance / Double(max(1, $0.mean.count)) }
        case .absoluteError: absoluteDeviation
        case .logitDifference, .correlation: nil
        }
    }

    /// The entropy of the labels at each position, in nats, weighed by the position's share: what a cross-entropy
    /// reaches where the constant outputs are the labels' log-probabilities.
    private func entropy(_ classes: Int) -> Double {
        byPosition(classes).reduce(0) { sum, weighed in
            let total = weighed.reduce(0, +)
            return weighed.reduce(sum) { $1 > 0 ? $0 - $1 * log($1 / total) : $0 }
        }
    }

    private func byPosition(_ classes: Int) -> [[Double]] {
        let weighed = classWeights(behaviour.labels, classes)
        return behaviour.positions.indices.map { Array(weighed[$0 * classes..<($0 + 1) * classes]) }
    }

    /// The sum over targets of the mean absolute deviation from the median.
    private var absoluteDeviation: Double? {
        guard case .float32(let values)? = behaviour.labels?.elements else { return nil }
        let width = behaviour.positions.count * logits
        return (0..<width).reduce(0.0) { sum, i in
            let targets = shares.indices.map { (value: Double(values[$0 * width + i]), share: shares[$0]) }
            var reached = 0.0
            let median = targets.sorted { $0.value < $1.value }.first {
                reached += $0.share
                return reached >= 0.5
            }
            // The shares may add up to a little less than a half where one row has them all.
            let centre = median?.value ?? targets.map(\.value).max() ?? 0
            return targets.reduce(sum) { $0 + $1.share * abs($1.value - centre) }
        }
    }
}
