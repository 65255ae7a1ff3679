internal import ScrubCore
internal import ScrubPlanner

/// What was measured in each replicate: what every figure is made of.
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
    /// The squared Euclidean distance of the scrubbed output from the model's.
    public var squaredDistance: [Float]
    /// The Kullback-Leibler divergence of the model's output distribution from the scrubbed one, in nats; none where
    /// outputs are no logits.
    public var divergence: [Float]

    public var count: Int { reference.count }

    /// Takes more replicates after these.
    mutating func append(_ more: Replicates) {
        reference += more.reference
        squaredDistance += more.squaredDistance
        divergence += more.divergence
        for number in measured.indices {
            measured[number].model += more.measured[number].model
            measured[number].scrubbed += more.measured[number].scrubbed
            measured[number].baseline += more.measured[number].baseline
            if let column = more.measured[number].column { measured[number].column? += column }
            measured[number].modelOutputs += more.measured[number].modelOutputs
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
