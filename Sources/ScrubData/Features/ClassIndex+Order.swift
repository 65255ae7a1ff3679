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
        let others = Int64(other.classCount)
        let grouping = classOf.withUnsafeBufferPointer { a in
            other.classOf.withUnsafeBufferPointer { b in
                Grouping(count: a.count) { Int64(a[$0]) * others + Int64(b[$0]) }
            }
        }
        return ClassIndex(grouping, weights: weights)
    }
}
