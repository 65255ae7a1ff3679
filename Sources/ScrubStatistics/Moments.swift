/// Mean and variance of a stream of numbers, in float64, added in fixed blocks of 1,024 in order: the same stream
/// gives the same bits however it is cut.
///
/// Blocks are joined by the pairwise update of T. F. Chan, G. H. Golub, R. J. LeVeque, "Updating formulae and a
/// pairwise algorithm for computing sample variances", 1979, equation 2.1
/// (<https://doi.org/10.1007/978-3-642-51461-6_3>).
public struct Moments: Hashable, Sendable {
    public static let block = 1024

    public private(set) var count = 0
    private var mean = 0.0
    private var squares = 0.0
    private var pending: [Double] = []

    public init() { pending.reserveCapacity(Self.block) }

    public init(_ values: some Sequence<Float>) {
        self.init()
        for value in values { add(Double(value)) }
    }

    public mutating func add(_ value: Double) {
        pending.append(value)
        if pending.count == Self.block { self = joined() }
    }

    /// The estimate of the mean of the distribution that the stream samples. Nil for an empty stream; one value has an
    /// infinite standard error.
    public var estimate: Estimate? {
        let all = joined()
        guard all.count > 0 else { return nil }
        let variance = all.count > 1 ? all.squares / Double(all.count - 1) : .infinity
        return Estimate(mean: all.mean, standardError: (variance / Double(all.count)).squareRoot())
    }

    /// With the pending values as a block of their own.
    private func joined() -> Moments {
        guard !pending.isEmpty else { return self }
        let size = Double(pending.count)
        let blockMean = pending.reduce(0, +) / size
        let blockSquares = pending.reduce(0) { $0 + ($1 - blockMean) * ($1 - blockMean) }
        var all = self
        all.pending.removeAll(keepingCapacity: true)
        all.count += pending.count
        let (before, total, difference) = (Double(count), Double(all.count), blockMean - mean)
        all.mean += difference * size / total
        all.squares += blockSquares + difference * difference * before * size / total
        return all
    }
}

/// The mean of `values` under `weights`, or plainly, in float64: exact over a dataset.
public func mean(_ values: [Float], weights: [Double]? = nil) -> Double {
    guard let weights else { return values.reduce(0) { $0 + Double($1) } / Double(values.count) }
    let total = weights.reduce(0, +)
    return zip(values, weights).reduce(0) { $0 + Double($1.0) * $1.1 } / total
}
