/// What a behaviour measures of a model's outputs, by the name that hypothesis files give it.
public enum Measure: String, CaseIterable, Hashable, Sendable {
    case crossEntropy = "cross_entropy"
    case binaryCrossEntropy = "binary_cross_entropy"
    case squaredError = "squared_error"
    case meanSquaredError = "mean_squared_error"
    case absoluteError = "absolute_error"
    /// The share of positions at which the label has the greatest logit, the first of equals.
    case accuracy
    /// The softmax probability of the label.
    case probability
    /// The label's logit less another's, or less the mean of the others'.
    case logitDifference = "logit_difference"
    /// Pearson's correlation over data of one logit with a column.
    case correlation

    /// Whether less of it is better.
    public var isLoss: Bool {
        switch self {
        case .crossEntropy, .binaryCrossEntropy, .squaredError, .meanSquaredError, .absoluteError: true
        case .accuracy, .probability, .logitDifference, .correlation: false
        }
    }

    /// Whether it is a mean over positions, each with a class for its label, so that a mask may weigh the positions and
    /// a shift may move the labels.
    public var isPerPosition: Bool {
        switch self {
        case .crossEntropy, .binaryCrossEntropy, .accuracy, .probability, .logitDifference: true
        case .squaredError, .meanSquaredError, .absoluteError, .correlation: false
        }
    }

    /// Whether it compares the outputs with numbers, which may be the model's own outputs.
    public var isError: Bool {
        switch self {
        case .squaredError, .meanSquaredError, .absoluteError: true
        case .crossEntropy, .binaryCrossEntropy, .accuracy, .probability, .logitDifference, .correlation: false
        }
    }
}
