extension ClassIndex {
    /// Two rows that are alike here but not in `other`, the first such; nil when `other` is a function of this feature.
    ///
    /// - Precondition: both are over the same rows.
    /// - Complexity: O(rows).
    public func conflict(with other: ClassIndex) -> (first: Int32, second: Int32)? {
        precondition(other.classOf.count == classOf.count, "indices over the same rows")
        for row in classOf.indices {
            let first = rows[offsets[Int(classOf[row])]]
            if other.classOf[Int(first)] != other.classOf[row] { return (first, Int32(row)) }
        }
        return nil
    }

    /// Rows alike in both: the coarsest index that both are functions of.
    ///
    /// - Precondition: both are over the same rows.
    /// - Complexity: O(rows).
    public func joined(with other: ClassIndex, weights: [Double]? = nil) -> ClassIndex {
        precondition(other.classOf.count == classOf.count, "indices over the same rows")
        func pair(_ row: Int) -> UInt64 {
            UInt64(UInt32(bitPattern: classOf[row])) << 32 | UInt64(UInt32(bitPattern: other.classOf[row]))
        }
        let grouping = Grouping(
            count: classOf.count, hash: { Grouping.mixed(pair($0)) }, equal: { pair($0) == pair($1) })
        return ClassIndex(grouping, weights: weights)
    }
}
