internal import ScrubCore
internal import ScrubGraph
internal import ScrubModels
internal import ScrubOps

/// What the randomised baseline needs to know of the labels: their distribution over D, in closed form.
///
/// The baseline is the expectation of the measure when outputs and labels are drawn independently. It is linear in the
/// label's distribution where labels are classes, and needs two moments for a squared error, so that a pass over the
/// outputs gives it exactly.
struct LabelDistribution {
    let behaviour: BehaviourBinding
    /// What each row of D weighs; they add up to 1.
    let shares: [Double]
    /// The model's outputs at a position.
    let logits: Int

    /// - Parameters:
    ///   - behaviour: the labels.
    ///   - rows: rows of D.
    ///   - weights: of the rows; nil for equal ones.
    ///   - logits: the model's outputs at a position.
    init(_ behaviour: BehaviourBinding, rows: Int, weights: [Double]?, logits: Int) {
        self.behaviour = behaviour
        let total = weights?.reduce(0, +) ?? Double(rows)
        shares = weights?.map { $0 / total } ?? [Double](repeating: 1 / total, count: rows)
        self.logits = logits
    }

    /// Bindings by source; none where the label is the model's own output or nothing closed is known of the measure.
    ///
    /// - Complexity: O(rows × positions), and positions × logits of memory where labels are classes.
    var statistics: [InputSource: HostTensor] {
        let (names, positions) = (behaviour.form.names, behaviour.positions.count)
        switch behaviour.form.measure {
        case .crossEntropy: return [names.distribution: classes(logits)]
        case .binaryCrossEntropy:
            if behaviour.weights != nil { return [names.distribution: classes(2)] }
            let positive = stride(from: 1, to: 2 * positions, by: 2)
            let weighed = classWeights(behaviour.labels, 2)
            return [
                names.distribution: HostTensor([positions], positive.map { Float(weighed[$0] * Double(positions)) })
            ]
        case .accuracy, .probability: return [names.distribution: classes(max(2, logits))]
        case .logitDifference:
            let (count, own) = (max(2, logits), classWeights(behaviour.labels, max(2, logits)))
            guard let against = behaviour.against else { return [names.distribution: classes(count)] }
            let other = classWeights(against, count)
            return [names.distribution: HostTensor([positions, count], zip(own, other).map { Float($0 - $1) })]
        case .squaredError, .meanSquaredError:
            guard let moments else { return [:] }
            return [
                names.distribution: HostTensor([positions, logits], moments.mean.map(Float.init)),
                names.variance: HostTensor([], [Float(moments.variance)]),
            ]
        case .absoluteError: return [:]
        case .correlation: return [names.logit: HostTensor([1], [Int32(behaviour.logit)])]
        }
    }

    private func classes(_ count: Int) -> HostTensor {
        HostTensor([behaviour.positions.count, count], classWeights(behaviour.labels, count).map(Float.init))
    }

    /// What each class weighs at each position, `[position, class]`: the expectation over D of the position's weight
    /// where the label is that class.
    func classWeights(_ labels: HostTensor?, _ count: Int) -> [Double] {
        let positions = behaviour.positions.count
        var weighed = [Double](repeating: 0, count: positions * count)
        guard case .int32(let labels)? = labels?.elements else { return weighed }
        let (weights, equal) = (behaviour.weights?.floats, 1 / Double(positions))
        for row in shares.indices {
            for position in 0..<positions {
                let place = row * positions + position
                let weight = weights.map { Double($0[place]) } ?? equal
                weighed[position * count + Int(labels[place])] += shares[row] * weight
            }
        }
        return weighed
    }

    /// The mean of each target, and the sum of their variances; nil where the label is the model's own output.
    var moments: (mean: [Double], variance: Double)? {
        guard case .float32(let values)? = behaviour.labels?.elements else { return nil }
        let width = behaviour.positions.count * logits
        var mean = [Double](repeating: 0, count: width)
        for row in shares.indices {
            for i in 0..<width { mean[i] += shares[row] * Double(values[row * width + i]) }
        }
        var variance = 0.0
        for row in shares.indices {
            for i in 0..<width {
                let deviation = Double(values[row * width + i]) - mean[i]
                variance += shares[row] * deviation * deviation
            }
        }
        return (mean, variance)
    }
}
