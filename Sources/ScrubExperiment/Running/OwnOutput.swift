/// The randomised baseline of a squared error against the model's own output: outputs of two independent rows of one
/// distribution, so that its mean is twice the sum of the outputs' variances.
struct OwnOutput {
    /// `[row, …]`
    private let outputs: [Float]
    private let width: Int
    /// What the error multiplies its sum by.
    private let scale: Double

    init(_ outputs: [Float], width: Int, scale: Double) {
        self.outputs = outputs
        self.width = max(1, width)
        self.scale = scale
    }

    private var count: Int { outputs.count / width }

    /// For each row, the expected error of its output against the output of another row of D: the squared distance from
    /// the mean output, and the variance.
    ///
    /// - Parameter weights: of the rows; nil for equal ones.
    func expected(weights: [Double]?) -> [Float] {
        let total = weights?.reduce(0, +) ?? Double(count)
        var distances = [Double](repeating: 0, count: count)
        for i in 0..<width {
            var mean = 0.0
            for row in 0..<count { mean += (weights?[row] ?? 1) / total * Double(outputs[row * width + i]) }
            for row in 0..<count {
                let deviation = Double(outputs[row * width + i]) - mean
                distances[row] += deviation * deviation
            }
        }
        var variance = 0.0
        for row in 0..<count { variance += (weights?[row] ?? 1) / total * distances[row] }
        return distances.map { Float(scale * ($0 + variance)) }
    }

    /// For each of the rows, drawn independently, its share of the estimate: the mean is twice the sample variance,
    /// without bias, and their spread is that of the estimate.
    func shares() -> [Float] {
        guard count > 1 else { return [.nan] }
        var shares = [Double](repeating: 0, count: count)
        for i in 0..<width {
            var mean = 0.0
            for row in 0..<count { mean += Double(outputs[row * width + i]) }
            mean /= Double(count)
            for row in 0..<count {
                let deviation = Double(outputs[row * width + i]) - mean
                shares[row] += 2 * deviation * deviation
            }
        }
        return shares.map { Float(scale * $0 * Double(count) / Double(count - 1)) }
    }
}
