internal import ScrubCore
internal import ScrubModels
internal import ScrubOps

/// What the randomised baseline needs to know of the labels: their distribution over D, in closed form.
///
/// The baseline is the expectation of the loss when outputs and labels are drawn independently. It is linear in the
/// label's distribution for cross-entropies, and needs two moments for a squared error, so that a pass over the
/// outputs gives it exactly.
enum LabelDistribution {
    /// Bindings by source; none where the label is the model's own output.
    ///
    /// - Parameters:
    ///   - rowWeights: the weights of D; nil for equal ones.
    ///   - logits: the model's outputs at a position.
    /// - Complexity: O(rows × positions), and positions × logits of memory for a cross-entropy.
    static func statistics(
        _ behaviour: BehaviourBinding, rowWeights: [Double]?, logits: Int
    ) -> [InputSource: HostTensor] {
        guard let labels = behaviour.labels else { return [:] }
        let (rows, positions) = (labels.sizes[0], labels.sizes[1])
        let total = rowWeights?.reduce(0, +) ?? Double(rows)
        func share(_ row: Int) -> Double { (rowWeights?[row] ?? 1) / total }

        switch (behaviour.form.loss, labels.elements) {
        case (.crossEntropy, .int32(let values)):
            var distribution = [Double](repeating: 0, count: positions * logits)
            for row in 0..<rows {
                for position in 0..<positions {
                    let weight =
                        behaviour.weights?.floats.map { Double($0[row * positions + position]) } ?? 1
                        / Double(positions)
                    distribution[position * logits + Int(values[row * positions + position])] += share(row) * weight
                }
            }
            return [BehaviourForm.distribution: HostTensor([positions, logits], distribution.map(Float.init))]
        case (.binaryCrossEntropy, .int32(let values)):
            var positive = [Double](repeating: 0, count: positions)
            for row in 0..<rows {
                for position in 0..<positions {
                    positive[position] += share(row) * Double(values[row * positions + position])
                }
            }
            return [BehaviourForm.distribution: HostTensor([positions], positive.map(Float.init))]
        case (.squaredError, .float32(let values)):
            let width = positions * logits
            var mean = [Double](repeating: 0, count: width)
            for row in 0..<rows { for i in 0..<width { mean[i] += share(row) * Double(values[row * width + i]) } }
            var variance = 0.0
            for row in 0..<rows {
                for i in 0..<width {
                    let deviation = Double(values[row * width + i]) - mean[i]
                    variance += share(row) * deviation * deviation
                }
            }
            return [
                BehaviourForm.distribution: HostTensor([positions, logits], mean.map(Float.init)),
                BehaviourForm.variance: HostTensor([], [Float(variance)]),
            ]
        default: return [:]
        }
    }
}
