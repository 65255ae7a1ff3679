import Testing

/// A behaviour over the rows of `MeasuredRows`, and the best that constant outputs reach, as best_constants.py prints
/// it.
struct BestConstantCase: Sendable, CustomTestStringConvertible {
    var text: String
    var outputs: Int
    /// Nil where there is none.
    var expected: Double?

    var testDescription: String { "\(text), \(outputs) outputs" }

    init(_ text: String, _ outputs: Int, _ expected: Double?) {
        self.text = "measure: \(text)"
        self.outputs = outputs
        self.expected = expected
    }

    static let all = [
        BestConstantCase("cross_entropy, at: last, label: y", 3, 0.900256051),
        BestConstantCase("cross_entropy, label: at", 3, 0.721463692),
        BestConstantCase("cross_entropy, label: at, mask: mask", 3, 0.527616269),
        BestConstantCase("binary_cross_entropy, label: at", 1, 0.441042165),
        BestConstantCase("binary_cross_entropy, label: at, mask: mask", 2, 0.463065300),
        BestConstantCase("accuracy, at: 0, label: y", 3, 0.625),
        BestConstantCase("accuracy, label: at, mask: mask", 1, 0.733333333),
        BestConstantCase("probability, label: at", 3, 0.583333333),
        BestConstantCase("squared_error, label: targets", 2, 3.408203125),
        BestConstantCase("mean_squared_error, label: targets", 2, 0.568033854),
        BestConstantCase("absolute_error, label: targets", 2, 3.8125),
        BestConstantCase("squared_error, label: model", 2, nil),
        BestConstantCase("logit_difference, label: at, against: others", 2, nil),
        BestConstantCase("correlation, at: 0, label: score, logit: 1", 2, nil),
    ]
}
