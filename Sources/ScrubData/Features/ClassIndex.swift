/// The classes of equal feature values: which class a row is in, and which rows a class has.
///
/// Classes are numbered in the order in which their first rows come. Laid out as compressed rows: the members of
/// class `c` are `rows[offsets[c]..<offsets[c + 1]]`.
public struct ClassIndex: Sendable {
    /// [row] its class.
    public let classOf: [Int32]
    /// [class + 1]
    public let offsets: [Int]
    /// Row numbers by class, ascending inside each class.
    public let rows: [Int32]
    /// Aligned with `rows`: the running sum of weights inside each class. Nil where all rows count alike.
    public let cumulativeWeights: [Double]?
    /// Aligned with `rows`: where the search for a draw by weight begins. Nil where all rows count alike.
    public let guide: [Int32]?

    /// The index of any labelling of rows: rows with equal labels make a class.
    ///
    /// - Parameters:
    ///   - labels: one for each row.
    ///   - weights: one for each row, finite and at least 0, or nil.
    /// - Complexity: O(rows), by counting sort, in memory for the index itself and a table of the labels.
    public init(labels: [Int32], weights: [Double]? = nil) {
        let grouping = labels.withUnsafeBufferPointer { labels in
            Grouping(count: labels.count) { Int64(labels[$0]) }
        }
        self.init(grouping, weights: weights)
    }

    init(_ grouping: Grouping, weights: [Double]?) {
        let classOf = grouping.classOf
        var offsets = [Int](repeating: 0, count: grouping.firstRows.count + 1)
        let rows = offsets.withUnsafeMutableBufferPointer { offsets in
            // Where the next row of a class goes is counted in the place of the class after it, and is at last where that
            // begins.
            for c in classOf where Int(c) + 2 < offsets.count { offsets[Int(c) + 2] += 1 }
            for c in offsets.indices.dropFirst(2) { offsets[c] += offsets[c - 1] }
            return [Int32](unsafeUninitializedCapacity: classOf.count) { rows, count in
                count = classOf.count
                for row in classOf.indices {
                    let c = Int(classOf[row])
                    rows[offsets[c + 1]] = Int32(truncatingIfNeeded: row)
                    offsets[c + 1] += 1
                }
            }
        }
        self.init(classOf: classOf, offsets: offsets, rows: rows, weights: weights)
    }

    private init(classOf: [Int32], offsets: [Int], rows: [Int32], weights: [Double]?) {
        precondition(weights.map { $0.count == classOf.count } ?? true, "one weight for each row")
        self.classOf = classOf
        self.offsets = offsets
        self.rows = rows
        cumulativeWeights = weights.map { Self.runningSums(of: $0, rows: rows, offsets: offsets) }
        guide = cumulativeWeights.map { Self.guide($0, offsets: offsets) }
    }

    private static func runningSums(of weights: [Double], rows: [Int32], offsets: [Int]) -> [Double] {
        var sums = [Double](repeating: 0, count: rows.count)
        for c in 0..<offsets.count - 1 {
            var sum = 0.0
            for index in offsets[c]..<offsets[c + 1] {
                sum += weights[Int(rows[index])]
                sums[index] = sum
            }
        }
        return sums
    }

    /// One class of all `count` rows: an unconditional draw.
    public static func everything(_ count: Int, weights: [Double]? = nil) -> ClassIndex {
        ClassIndex(
            classOf: [Int32](repeating: 0, count: count), offsets: count == 0 ? [0] : [0, count],
            rows: (0..<Int32(clamping: count)).map(\.self), weights: weights)
    }

    /// One class for each of `count` rows: only the row itself is like it.
    public static func identity(_ count: Int) -> ClassIndex {
        let rows = (0..<Int32(clamping: count)).map(\.self)
        return ClassIndex(classOf: rows, offsets: Array(0...count), rows: rows, weights: nil)
    }

    public var classCount: Int { offsets.count - 1 }

    public func members(ofClass c: Int) -> ArraySlice<Int32> { rows[offsets[c]..<offsets[c + 1]] }
}
