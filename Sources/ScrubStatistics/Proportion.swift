extension Estimate {
    /// The share of successes, with the interval of E. B. Wilson, "Probable inference, the law of succession, and
    /// statistical inference", JASA 22:209, 1927 (<https://doi.org/10.1080/01621459.1927.10502953>): the probabilities p
    /// from which the share lies at most 1.96 √(p (1 - p) / n) away. It holds for few successes and for none, where L. D.
    /// Brown, T. T. Cai, A. DasGupta, "Interval estimation for a binomial proportion", Statistical Science 16:101, 2001
    /// (<https://doi.org/10.1214/ss/1009213286>), section 5, recommend it.
    ///
    /// The standard error is s / √n, so 0 without a success, where the interval is not a point all the same.
    ///
    /// - Parameters:
    ///   - successes: From 0 to `count`.
    ///   - count: How many independent trials, at least 1.
    /// - Returns: Nil where the numbers are not such.
    public static func proportion(_ successes: Int, of count: Int) -> Estimate? {
        guard count > 0, (0...count).contains(successes) else { return nil }
        let (n, share, z) = (Double(count), Double(successes) / Double(count), quantile)
        let variance = share * (1 - share)
        let error = count > 1 ? (variance / (n - 1)).squareRoot() : .infinity
        let centre = (share + z * z / (2 * n)) / (1 + z * z / n)
        let half = z / (1 + z * z / n) * (variance / n + z * z / (4 * n * n)).squareRoot()
        let lower = successes == 0 ? 0 : max(0, centre - half)
        let upper = successes == count ? 1 : min(1, centre + half)
        return Estimate(
            mean: share, standardError: error, interval: [lower, upper], method: .wilson,
            isTrusted: count >= Trust.leastReplicates)
    }
}
