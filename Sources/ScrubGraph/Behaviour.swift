/// What is measured: a loss over the model's output, one number a datum, and the same loss against labels of other
/// data.
///
/// Numbers name nodes of the graph it was added to.
public struct Behaviour: Hashable, Sendable {
    /// As figures call it: `cross_entropy`.
    public var metric: String
    /// The model's output where it is read: `[position, logit]`.
    public var read: Int
    /// The loss, a scalar. Its labels are those of the reference datum.
    public var loss: Int
    /// The expectation of the loss over labels independent of the output, a scalar. Nil where labels are the model's
    /// own output (`onReference`), whose moments only a run can tell.
    public var baseline: Int?

    public init(metric: String, read: Int, loss: Int, baseline: Int?) {
        self.metric = metric
        self.read = read
        self.loss = loss
        self.baseline = baseline
    }
}
