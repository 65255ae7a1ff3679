internal import ScrubCore
public import ScrubData
public import ScrubPlan

/// The sampling distribution itself, for data small enough: every combination of draws that can be told apart, with
/// its probability.
///
/// A row matters through what is read of it, and through the features by which other rows are drawn like it; given
/// those, all that lies below is independent of it. So draws that are equal in both are one draw, and what no draw to
/// come depends on is forgotten: combinations that are equal from then on are one. At the end there is one combination
/// for everything that can be read.
public struct Enumeration: Sendable {
    /// By table, the row in each combination: of those that are one, the first, which can itself be drawn.
    public private(set) var tables: [[Int32]] = []
    /// By combination; they sum to 1.
    public private(set) var probabilities: [Double] = [1]

    /// The most combinations that are enumerated.
    public static let most = 1 << 24

    /// - Parameters:
    ///   - tables: parents first.
    ///   - reading: by number of every table that is read, what of its rows: rows of one class are read alike. A table
    ///     neither read nor drawn like takes its parent's row.
    ///   - features: the class index of every feature the tables name, by its text.
    ///   - everything: the index with all of D in one class.
    /// - Throws: `SamplingError.noFeature`, `SamplingError.tooMany` with the number of combinations.
    /// - Complexity: O(combinations × tables) for each table, and O(tables × rows).
    public init(
        _ tables: [Table], reading: [Int: ClassIndex], features: [String: ClassIndex], everything: ClassIndex
    ) throws(SamplingError) {
        var needed = Set(reading.keys).union([0])
        for number in tables.indices.reversed() where needed.contains(number) {
            if let parent = tables[number].parent { needed.insert(parent) }
        }
        var within: [ClassIndex] = []
        for table in tables {
            guard let feature = table.feature else {
                within.append(everything)
                continue
            }
            guard let classes = features[feature] else { throw .noFeature(feature) }
            within.append(classes)
        }
        var outlook = Outlook(count: tables.count, reading: reading, everything: everything)
        for number in tables.indices.reversed() where needed.contains(number) {
            if let parent = tables[number].parent { outlook.add(within[number], below: parent) }
        }
        for (number, table) in tables.enumerated() {
            guard needed.contains(number) else {
                self.tables.append(self.tables[table.parent ?? 0])
                continue
            }
            try extend(by: ClassDraws(within[number], telling: outlook[number]), given: table.parent)
            if let parent = table.parent, outlook.forget(parent) { merge(outlook) }
        }
    }

    /// Multiplies the combinations by the draws of one more table.
    private mutating func extend(by draws: ClassDraws, given parent: Int?) throws(SamplingError) {
        let drawn = parent.map { tables[$0].map(draws.likeRow) } ?? probabilities.map { _ in draws.likeRow(0) }
        let count = drawn.reduce(0.0) { $0 + Double($1.count) }
        guard count <= Double(Self.most) else { throw .tooMany(combinations: count, limit: Self.most) }
        tables = tables.map { column in
            var extended: [Int32] = []
            extended.reserveCapacity(Int(count))
            for (row, range) in zip(column, drawn) {
                extended.append(contentsOf: repeatElement(row, count: range.count))
            }
            return extended
        }
        tables.append(drawn.flatMap { draws.rows[$0] })
        probabilities = zip(probabilities, drawn).flatMap { probability, range in
            draws.shares[range].map { probability * $0 }
        }
    }

    /// Makes combinations one whose rows are, all of them, alike in what is to come and what is read.
    private mutating func merge(_ outlook: Outlook) {
        var keys = [UInt64](repeating: 0, count: probabilities.count)
        var bound: UInt64 = 1
        for (number, column) in tables.enumerated() {
            let (classes, count) = (outlook[number].classOf, UInt64(outlook[number].classCount))
            if count == 1 { continue }
            if bound.multipliedReportingOverflow(by: count).overflow {
                let first = Self.number(&keys)
                bound = UInt64(first.count)
            }
            bound *= count
            for (place, row) in column.enumerated() { keys[place] = keys[place] * count + UInt64(classes[Int(row)]) }
        }
        let first = Self.number(&keys)
        var sums = [Double](repeating: 0, count: first.count)
        for (key, probability) in zip(keys, probabilities) { sums[Int(key)] += probability }
        tables = tables.map { column in first.map { column[$0] } }
        probabilities = sums
    }

    /// Replaces keys by their numbers in the order in which they first come; where each first comes.
    private static func number(_ keys: inout [UInt64]) -> [Int] {
        var numbers: [UInt64: Int] = [:]
        var first: [Int] = []
        for (place, key) in keys.enumerated() {
            if let known = numbers[key] {
                keys[place] = UInt64(known)
            } else {
                keys[place] = UInt64(first.count)
                numbers[key] = first.count
                first.append(place)
            }
        }
        return first
    }
}
