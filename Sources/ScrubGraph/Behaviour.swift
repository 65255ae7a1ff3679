public import ScrubOps

/// What is measured: a loss over the model's output, one number a datum, and the same loss against labels of other
/// data.
///
/// Numbers name nodes of the graph it was added to.
public struct Behaviour: Hashable, Sendable {
    /// How the randomised baseline comes about: the expectation of the loss when output and labels are independent.
    public enum Baseline: Hashable, Sendable {
        /// In closed form for each output: a scalar node.
        case expected(Int)
        /// The labels are the model's own output (`onReference`), whose moments a run over D gives.
        case ownOutput
        /// By sampling: the output on a datum independent of the reference's.
        case sampled
        /// 0: what is independent does not correlate.
        case zero
    }

    /// How a figure comes of one number a datum.
    public enum Summary: Hashable, Sendable {
        case mean
        /// Pearson's correlation with a column, one float32 number a datum.
        case correlation(with: InputSource)
    }

    /// As figures call it: `cross_entropy`.
    public var metric: String
    /// The model's output where it is read: `[position, logit]`.
    public var read: Int
    /// The loss, a scalar. Its labels are those of the reference datum.
    public var loss: Int
    public var baseline: Baseline
    public var summary: Summary
    /// Whether less of it is better.
    public var isLoss: Bool
    /// Whether what is read are logits of a distribution over labels: `[position, logit]`.
    public var readsLogits: Bool
    /// What the best output that is the same for every datum gets; nil where there is none, or none is known.
    public var bestConstant: Double?

    /// - Parameters:
    ///   - metric: as figures call it.
    ///   - read: the output where it is read.
    ///   - loss: what is measured, a scalar.
    ///   - baseline: how the randomised baseline comes about.
    ///   - summary: how a figure comes of one number a datum.
    ///   - isLoss: whether less is better.
    ///   - readsLogits: whether `read` holds logits of a distribution.
    ///   - bestConstant: what the best constant output gets.
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
