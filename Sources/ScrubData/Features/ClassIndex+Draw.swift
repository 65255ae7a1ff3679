extension ClassIndex {
    /// The row that 64 random bits select among those like `row`; nil when that class has no weight.
    ///
    /// Without weights it is member number floor(bits × n / 2^64) of the n, in dataset order: every member has
    /// probability 1/n to within 2^-64 × n. With weights it is the first member whose cumulative weight exceeds (bits
    /// >> 11) × 2^-53 × total, so a row of weight 0 is never drawn.
    /// - Complexity: O(1), with weights O(1) expected.
    public func draw(likeRow row: Int32, bits: UInt64) -> Int32? {
        let c = Int(classOf[Int(row)])
        let (start, end) = (offsets[c], offsets[c + 1])
        let rank = Self.rank(bits, end - start)
        guard let cumulativeWeights, let guide else { return rows[start + rank] }
        let total = cumulativeWeights[end - 1]
        guard total > 0 else { return nil }
        let threshold = Self.threshold(Self.unit(bits), total)
        var place = start + Int(guide[start + rank])
        while cumulativeWeights[place] <= threshold { place += 1 }
        return rows[place]
    }

    /// Which of `count` members 64 random bits select, all alike: the high half of the product.
    @inline(__always)
    static func rank(_ bits: UInt64, _ count: Int) -> Int {
        Int(truncatingIfNeeded: bits.multipliedFullWidth(by: UInt64(truncatingIfNeeded: count)).high)
    }

    /// The first 53 bits as a number from 0 to below 1.
    @inline(__always)
    static func unit(_ bits: UInt64) -> Double { Double(bits >> 11) * 0x1p-53 }

    /// What the running sum of the member drawn exceeds, for a number `unit` from 0 to below 1. Never falls as that
    /// grows.
    ///
    /// A total near the least positive number may round the product up to the total itself, which no member exceeds.
    @inline(__always)
    static func threshold(_ unit: Double, _ total: Double) -> Double { min(unit * total, total.nextDown) }
}
