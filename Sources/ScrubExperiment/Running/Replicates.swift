internal import ScrubCore
internal import ScrubPlanner

/// What was measured in replicates: what every figure is made of. Of the first of them each value, where a run was not
/// told to keep them all; of all, the sums that means and their intervals are made of.
public struct Replicates: Sendable {
    /// One behaviour.
    public struct Measured: Sendable {
        /// The plain model's value on the reference datum.
        public var model: [Float]
        public var scrubbed: [Float]
        /// The randomised baseline of the reference datum's output, or that of a draw; none where it is known without.
        public var baseline: [Float]
        /// The column that a correlation is with; nil for a mean.
        public var column: [Float]?
        /// `[replicate, …]` what the behaviour reads of the model on the reference datum, where the baseline is made of
        /// it.
        var modelOutputs: [Float]
    }

    /// The row of D whose labels count.
    public var reference: [Int32]
    /// By behaviour.
    public var measured: [Measured]
    /// The squared Euclidean distance of the scrubbed output from the model's; none where it is not measured.
    public var squaredDistance: [Float]
    /// The Kullback-Leibler divergence of the model's output distribution from the scrubbed one, in nats; none where
    /// outputs are no logits, or it is not measured.
    public var divergence: [Float]
    /// How many there are.
    public private(set) var count: Int
    private(set) var sums: ReplicateSums

    /// How many are kept value by value where not all are: the figures that need order, such as quantiles, are made of
    /// them.
    static let mostKept = 1 << 15

    init(reference: [Int32], measured: [Measured], squaredDistance: [Float], divergence: [Float]) {
        (self.reference, self.measured) = (reference, measured)
        (self.squaredDistance, self.divergence) = (squaredDistance, divergence)
        count = reference.count
        sums = ReplicateSums(measured, squaredDistance, divergence)
    }

    /// The same, of which no more than so many are kept value by value.
    func keeping(_ most: Int) -> Replicates {
        guard reference.count > most else { return self }
        var kept = self
        kept.reference.removeLast(reference.count - most)
        kept.squaredDistance = Array(squaredDistance.prefix(most))
        kept.divergence = Array(divergence.prefix(most))
        for (number, all) in measured.enumerated() {
            kept.measured[number].model = Array(all.model.prefix(most))
            kept.measured[number].scrubbed = Array(all.scrubbed.prefix(most))
            kept.measured[number].baseline = Array(all.baseline.prefix(most))
            kept.measured[number].column = all.column.map { Array($0.prefix(most)) }
            kept.measured[number].modelOutputs = Array(
                all.modelOutputs.prefix(most * (all.modelOutputs.count / reference.count)))
        }
        return kept
    }

    /// Takes more replicates after these.
    ///
    /// - Parameter most: how many are kept value by value, in whatever parts they come.
    mutating func append(_ more: Replicates, keeping most: Int) {
        count += more.count
        sums.add(more)
        guard reference.count < most else { return }
        let more = more.keeping(most - reference.count)
        reference += more.reference
        squaredDistance += more.squaredDistance
        divergence += more.divergence
        for (number, added) in more.measured.enumerated() {
            measured[number].model += added.model
            measured[number].scrubbed += added.scrubbed
            measured[number].baseline += added.baseline
            if let column = added.column { measured[number].column? += column }
            measured[number].modelOutputs += added.modelOutputs
        }
    }
}

/// What is known of the plain model without sampling: each behaviour on every row of D.
struct Population {
    struct Measured {
        /// [row]
        var model: [Float]
        /// [row] The randomised baseline of the row's output; none where it is sampled or 0.
        var baseline: [Float]
    }

    /// By behaviour.
    var measured: [Measured]
}
