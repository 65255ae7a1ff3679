public import ScrubStatistics

extension Report {
    /// One behaviour on one set of reference data.
    public struct Estimates: Codable, Hashable, Sendable {
        public var model: Estimate
        public var scrubbed: Estimate
        /// The randomised baseline: outputs against the labels of independent rows of D.
        public var baseline: Estimate
        /// `(baseline - scrubbed) / (baseline - model)`; nil where the model does no better or worse than the baseline.
        public var recovered: Estimate?
        /// `scrubbed - model`, paired: both on one reference datum in each replicate.
        public var difference: Estimate
    }

    /// One behaviour: what it is in the model, under scrubbing and at random, and how its distribution changes.
    public struct Figure: Codable, Hashable, Sendable {
        public var metric: String
        public var model: Estimate
        public var scrubbed: Estimate
        public var baseline: Estimate
        public var recovered: Estimate?
        public var difference: Estimate
        /// What the best constant output would get; nil where there is none.
        public var bestConstant: Double?
        /// The loss of a guess that knows how often the model is right, and no more; nil where the loss is no
        /// cross-entropy.
        public var calibratedGuess: Double?
        /// Nil for a correlation, which no single datum has.
        public var distribution: Distributions?
        /// One for each group of each grouping that was asked for.
        public var groups: [Group]

        public var estimates: Estimates {
            Estimates(
                model: model, scrubbed: scrubbed, baseline: baseline, recovered: recovered, difference: difference)
        }

        private enum CodingKeys: String, CodingKey {
            case metric, model, scrubbed, baseline, recovered, difference, distribution, groups
            case bestConstant = "best_constant"
            case calibratedGuess = "calibrated_guess"
        }
    }

    /// The behaviour over data: the model's distribution and the scrubbed one, and how far apart they lie.
    public struct Distributions: Codable, Hashable, Sendable {
        public static let levels = [0.05, 0.25, 0.5, 0.75, 0.95]

        /// The shares at which quantiles are taken.
        public var levels: [Double]
        public var model: [Double]
        public var scrubbed: [Double]
        /// The first so many samples are those that quantiles and distances are of; nil where all are.
        public var samples: Int?
        /// In the behaviour's own unit.
        public var wasserstein: Double
        public var kolmogorovSmirnov: Double
        /// That both are samples of one distribution, asymptotically; nil where nothing was sampled.
        public var pValue: Double?
        /// The square root of 2 E|X - Y| - E|X - X'| - E|Y - Y'|.
        public var energy: Double
        /// How much of the change in single replicates the mean does not show: 1 - |E(s - m)| / E|s - m|. Nil where
        /// nothing changes.
        public var cancellation: Estimate?
        /// The rows of D, or else the replicates, that carry 90% of the model's mean; nil where it is 0.
        public var modelCarriers: Carriers?
        /// The replicates that carry 90% of the scrubbed mean; nil where it is 0.
        public var scrubbedCarriers: Carriers?

        private enum CodingKeys: String, CodingKey {
            case levels, model, scrubbed, samples, wasserstein, energy, cancellation
            case kolmogorovSmirnov = "kolmogorov_smirnov"
            case pValue = "p_value"
            case modelCarriers = "model_carriers"
            case scrubbedCarriers = "scrubbed_carriers"
        }
    }

    /// The estimates on the reference data that have one value of a grouping.
    public struct Group: Codable, Hashable, Sendable {
        /// Column or SQL expression, and its value, in the order of the grouping.
        public var by: [String]
        public var values: [String]
        /// The probability of the group's rows in D.
        public var share: Double
        /// Replicates, or combinations, whose reference datum is in the group.
        public var samples: Int
        public var estimates: Estimates?
    }

    /// How far the scrubbed output lies from the model's own on the reference datum, averaged over replicates.
    public struct OutputFigures: Codable, Hashable, Sendable {
        /// The Euclidean distance over all that the first behaviour reads; nil where distances are not measured.
        public var l2: Estimate?
        /// The Kullback-Leibler divergence of the model's output distribution from the scrubbed one, in nats; nil where
        /// outputs are no logits, or distances are not measured.
        public var kl: Estimate?
    }
}
