/// Pearson's correlation of two columns under weights, in float64, from deviations from the weighted means.
///
/// - Parameters:
///   - x: One value a row.
///   - y: As many.
///   - weights: Of at least 0, as many; nil for equal ones.
/// - Returns: From -1 to 1; nil where one of the two is constant.
/// - Complexity: O(rows).
public func correlation(_ x: [Float], _ y: [Float], weights: [Double]? = nil) -> Double? {
    let (meanX, meanY) = (mean(x, weights: weights), mean(y, weights: weights))
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for i in x.indices {
        let (dx, dy, weight) = (Double(x[i]) - meanX, Double(y[i]) - meanY, weights?[i] ?? 1)
        xx += weight * dx * dx
        yy += weight * dy * dy
        xy += weight * dx * dy
    }
    let isConstant = x.allSatisfy { $0 == x.first } || y.allSatisfy { $0 == y.first }
    let value = xy / (xx * yy).squareRoot()
    return isConstant || !value.isFinite ? nil : min(1, max(-1, value))
}
