extension ClassIndex {
    /// The row that 64 random bits select among those like `row`; nil when that class has no weight.
    ///
    /// Without weights it is member number floor(bits × n / 2^64) of the n, in dataset order: every member has
    /// probability 1/n to within 2^-64 × n. With weights it is the first member whose cumulative weight exceeds (bits
    /// >> 11) × 2^-53 × total, so a row of weight 0 is never drawn.
    /// - Complexity: O(1), with weights O(log n).
    public func draw(likeRow row: Int32, bits: UInt64) -> Int32? {
        let c = Int(classOf[Int(row)])
        let (start, end) = (offsets[c], offsets[c + 1])
        guard let cumulativeWeights else {
            return rows[start + Int(bits.multipliedFullWidth(by: UInt64(end - start)).high)]
        }
        let total = cumulativeWeights[end - 1]
        guard total > 0 else { return nil }
        // A total near the least positive number may round the product up to the total itself, which no member exceeds.
        let threshold = min(Double(bits >> 11) * 0x1p-53 * total, total.nextDown)
        var (low, high) = (start, end - 1)
        while low < high {
            let middle = low + (high - low) / 2
            if cumulativeWeights[middle] > threshold { high = middle } else { low = middle + 1 }
        }
        return rows[low]
    }
}
