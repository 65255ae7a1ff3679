public import ScrubOps

/// What is measured: a loss or a score over the model's output, one number a datum, and the same against labels of
/// other data.
///
/// Numbers name nodes of the graph it was added to.
public struct Behaviour: Hashable, Sendable {
    /// How the randomised baseline comes about: the expectation of the measure when output and labels are independent.
    public enum Baseline: Hashable, Sendable {
        /// In closed form for each output: a scalar node.
        case expected(Int)
        /// The labels are the model's own output (`onReference`), whose moments a run over D gives.
        case ownOutput
        /// By sampling: the output on a datum independent of the reference's.
        case sampled
        /// 0, whatever the outputs and labels: what is independent does not correlate.
        case zero
    }

    /// How a figure comes of one number a datum.
    public enum Summary: Hashable, Sendable {
        case mean
        /// Pearson's correlation with a column, one float32 number a datum.
        case correlation(with: InputSource)
    }

    /// As figures call it: `cross_entropy`. No two behaviours of one experiment have the same.
    public var metric: String
    /// The model's output where it is read: `[position, logit]`.
    public var read: Int
    /// The measure for one datum, a scalar. Its labels are those of the reference datum.
    public var loss: Int
    public var baseline: Baseline
    public var summary: Summary
    /// Whether less is better; else more is.
    public var isLoss: Bool
    /// Whether what is read are logits of a distribution over labels: `[position, logit]`.
    public var readsLogits: Bool
    /// The best expected value over outputs that are the same for every datum, against the labels of D. Nil where it is
    /// not known.
    public var bestConstant: Double?

    public init(
        metric: String, read: Int, loss: Int, baseline: Baseline = .sampled, summary: Summary = .mean,
        isLoss: Bool = true, readsLogits: Bool = false, bestConstant: Double? = nil
    ) {
        self.metric = metric
        self.read = read
        self.loss = loss
        self.baseline = baseline
        self.summary = summary
        self.isLoss = isLoss
        self.readsLogits = readsLogits
        self.bestConstant = bestConstant
    }
}
