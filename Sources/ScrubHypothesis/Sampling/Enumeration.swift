internal import ScrubCore
public import ScrubData
public import ScrubPlan

/// Every combination of draws that a hypothesis permits, each with its probability: the sampling distribution itself,
/// for data small enough.
public struct Enumeration: Sendable {
    /// By table, the row in each combination.
    public private(set) var tables: [[Int32]]
    /// By combination; they sum to 1.
    public private(set) var probabilities: [Double]

    /// The most combinations that are enumerated.
    public static let most = 1 << 24

    /// - Parameters:
    ///   - tables: parents first.
    ///   - live: the tables whose draws matter, by number; others take the reference's row.
    ///   - features: the class index of every feature the tables name, by its text.
    ///   - everything: the index with all of D in one class.
    /// - Throws: `SamplingError.noFeature`, `SamplingError.tooMany` with the number of combinations.
    /// - Complexity: O(combinations × tables).
    public init(
        _ tables: [Table], live: Set<Int>, features: [String: ClassIndex], everything: ClassIndex
    ) throws(SamplingError) {
        var needed = live
        for number in tables.indices.reversed() where needed.contains(number) {
            if let parent = tables[number].parent { needed.insert(parent) }
        }
        probabilities = [1]
        self.tables = []
        for (number, table) in tables.enumerated() {
            guard number == 0 || needed.contains(number) else {
                self.tables.append(self.tables[0])
                continue
            }
            var index = everything
            if let feature = table.feature {
                guard let classes = features[feature] else { throw .noFeature(feature) }
                index = classes
            }
            try extend(by: index, given: table.parent)
        }
    }

    /// Multiplies the combinations by the draws of one more table.
    private mutating func extend(by index: ClassIndex, given parent: Int?) throws(SamplingError) {
        let likes = parent.map { tables[$0] } ?? [Int32](repeating: 0, count: probabilities.count)
        let count = likes.reduce(0.0) { $0 + Double(index.members(ofClass: Int(index.classOf[Int($1)])).count) }
        guard count <= Double(Self.most) else { throw .tooMany(combinations: count, limit: Self.most) }
        var extended = [[Int32]](repeating: [], count: tables.count + 1)
        var chances: [Double] = []
        for (combination, like) in likes.enumerated() {
            for (row, share) in index.shares(likeRow: like) {
                for number in tables.indices { extended[number].append(tables[number][combination]) }
                extended[tables.count].append(row)
                chances.append(probabilities[combination] * share)
            }
        }
        (tables, probabilities) = (extended, chances)
    }
}

extension ClassIndex {
    /// The rows like `row` that can be drawn, each with its probability among them.
    fileprivate func shares(likeRow row: Int32) -> [(row: Int32, share: Double)] {
        let range = offsets[Int(classOf[Int(row)])]..<offsets[Int(classOf[Int(row)]) + 1]
        guard let sums = cumulativeWeights else {
            return range.map { (rows[$0], 1 / Double(range.count)) }
        }
        let total = sums[range.upperBound - 1]
        return range.compactMap { place in
            let weight = sums[place] - (place == range.lowerBound ? 0 : sums[place - 1])
            return weight > 0 ? (rows[place], weight / total) : nil
        }
    }
}
