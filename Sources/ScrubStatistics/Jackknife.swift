/// What the estimates without one block each tell.
struct Jackknife {
    let standardError: Double
    /// Efron's: a sixth of the skewness of the estimate's influence.
    let acceleration: Double
    /// How many blocks make the variance, as `participation` counts.
    let participation: Double

    /// - Parameter estimates: One for each block left out; at least one.
    init(_ estimates: [Double]) {
        let count = Double(estimates.count)
        let mean = estimates.reduce(0, +) / count
        // Scaled, so that cubes of small deviations do not vanish.
        let largest = estimates.reduce(0) { max($0, abs($1 - mean)) }
        let deviations = largest > 0 ? estimates.map { (mean - $0) / largest } : []
        let second = deviations.reduce(0) { $0 + $1 * $1 }
        let third = deviations.reduce(0) { $0 + $1 * $1 * $1 }
        let fourth = deviations.reduce(0) { $0 + $1 * $1 * $1 * $1 }
        standardError = largest * ((count - 1) / count * second).squareRoot()
        acceleration = second > 0 ? third / (6 * second * second.squareRoot()) : 0
        participation = fourth > 0 ? second * second / fourth : 0
    }
}
