import ScrubCore
import ScrubData
import ScrubHypothesis
import ScrubPlan

/// A tree of draws over a few rows, with what is read of each table.
struct SmallTree {
    var tables: [Table]
    /// By table that is read, a label for each row: rows with one label are read alike.
    var reading: [Int: [Int32]]
    /// By feature, a label for each row.
    var labels: [String: [Int32]]
    var weights: [Double]

    /// The 16 pairs of p and q in 0 to 3, by row.
    static let rows: [Int32] = (0..<16).map { $0 }
    static let p = rows.map { $0 / 4 }
    static let q = rows.map { $0 % 4 }
    static let odd = rows.map { $0 % 2 }

    init(pairs tables: [Table], reading: [Int: [Int32]]) {
        (self.tables, self.reading) = (tables, reading)
        labels = ["p": Self.p, "q": Self.q, "odd": Self.odd]
        weights = [Double](repeating: 1, count: 16)
    }

    /// Two to six tables over three to five rows; weights, of which some are 0, in every other tree.
    init(random seed: UInt64) {
        var step: UInt64 = 0
        func random(_ bound: Int) -> Int {
            step += 1
            return Int(RandomStream(seed: seed, key: 1).bits(replicate: step) % UInt64(bound))
        }
        let count = 3 + random(3)
        func labelling(_ most: Int) -> [Int32] { (0..<count).map { _ in Int32(random(most)) } }
        labels = ["x": labelling(2), "y": labelling(3), "z": labelling(4)]
        weights = (0..<count).map { _ in seed % 2 == 0 ? 1 : Double(random(4)) }
        weights[0] += 1
        tables = [Table(key: "reference")]
        reading = [:]
        for number in 1..<2 + random(5) {
            let feature = [nil, "x", "y", "z", "x", "y", "z"][random(7)]
            let parent = feature == nil ? nil : random(number)
            tables.append(Table(key: "table \(number)", feature: feature, parent: parent))
        }
        for number in tables.indices where random(2) == 0 {
            reading[number] = random(2) == 0 ? (0..<Int32(count)).map { $0 } : labelling(3)
        }
    }

    var features: [String: ClassIndex] { labels.mapValues { ClassIndex(labels: $0, weights: weights) } }
    var everything: ClassIndex { .everything(weights.count, weights: weights) }

    func enumeration() throws -> Enumeration {
        try Enumeration(
            tables, reading: reading.mapValues { ClassIndex(labels: $0) }, features: features, everything: everything)
    }

    /// How many combinations there are.
    func count() throws -> Int { try enumeration().probabilities.count }
}
