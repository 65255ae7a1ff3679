public import ScrubCore
public import ScrubData
public import ScrubPlan

/// Draws the index tables of a plan: for every table and replicate a row of D, by the counter-based generator.
///
/// A draw is a pure function of (seed, key, replicate): batch, chunk, shard, thread and every other table have no part
/// in it.
public struct Sampler: Sendable {
    private let tables: [Table]
    /// By table; the whole of D for an unconditional draw.
    private let classes: [any DatumSampler]
    public let seed: UInt64
    /// Of D.
    private let rowCount: Int32

    /// - Parameters:
    ///   - tables: parents first.
    ///   - features: for every feature the tables name, by its text, how it is drawn like: its class index, or a
    ///     sampler of the program's own.
    ///   - everything: the index with all of D in one class.
    ///   - seed: the generator's key.
    /// - Throws: `SamplingError` when a table names a feature that is not given.
    public init(
        tables: [Table], features: [String: any DatumSampler], everything: ClassIndex, seed: UInt64
    ) throws(SamplingError) {
        var classes: [any DatumSampler] = []
        for table in tables {
            guard let feature = table.feature else {
                classes.append(everything)
                continue
            }
            guard let index = features[feature] else { throw .noFeature(feature) }
            classes.append(index)
        }
        self.tables = tables
        self.classes = classes
        self.seed = seed
        rowCount = Int32(everything.classOf.count)
    }

    /// The digest of a table's key, which the generator counts under.
    public static func key(of table: Table) -> UInt64 { Digest(table.key).prefix64 }

    /// For each table, the row drawn for each of `replicates`.
    ///
    /// - Throws: `SamplingError.emptyClass` when a class bears no weight.
    /// - Complexity: O(tables × replicates), times the logarithm of the class size where D is weighted.
    public func draw(_ replicates: Range<Int>) throws(SamplingError) -> [[Int32]] {
        var drawn: [[Int32]] = []
        for (number, table) in tables.enumerated() {
            let stream = RandomStream(seed: seed, key: Self.key(of: table))
            let (index, given) = (classes[number], table.parent.map { drawn[$0] })
            var rows: [Int32] = []
            rows.reserveCapacity(replicates.count)
            for (position, replicate) in replicates.enumerated() {
                let like = given.map { $0[position] } ?? 0
                guard let row = index.draw(likeRow: like, bits: stream.bits(replicate: UInt64(replicate))) else {
                    throw .emptyClass(key: table.key, feature: table.feature, row: Int(like))
                }
                guard (0..<rowCount).contains(row) else {
                    throw .outside(key: table.key, row: Int(row), rows: Int(rowCount))
                }
                rows.append(row)
            }
            drawn.append(rows)
        }
        return drawn
    }

    /// Throws the first draw of `tables` that its feature forbids: what keeps a replayed table honest.
    public func check(_ drawn: [[Int32]]) throws(SamplingError) {
        for (number, table) in tables.enumerated() {
            guard let parent = table.parent else { continue }
            let index = classes[number]
            for (replicate, (row, given)) in zip(drawn[number], drawn[parent]).enumerated()
            where !index.permits(row, likeRow: given) {
                throw .condition(
                    key: table.key, feature: table.feature ?? "", replicate: replicate, row: Int(row), given: Int(given)
                )
            }
        }
    }
}

/// A draw that cannot be made, or that is not one the hypothesis permits.
public enum SamplingError: Diagnostic, Equatable {
    case noFeature(String)
    case emptyClass(key: String, feature: String?, row: Int)
    case outside(key: String, row: Int, rows: Int)
    case notEnumerable(String)
    case noClasses(key: String, sampler: String)
    case tooMany(combinations: Double, limit: Int)
    case condition(key: String, feature: String, replicate: Int, row: Int, given: Int)

    public var message: String {
        switch self {
        case .noFeature(let text): "no class index for the feature \"\(text)\""
        case .emptyClass(let key, let feature, let row):
            "nothing to draw for \"\(key)\": no row with weight has the value of \"\(feature ?? "everything")\" that row \(row) has"
        case .outside(let key, let row, let rows):
            "the sampler of \"\(key)\" gave row \(row); the data have rows 0 to \(rows - 1)"
        case .notEnumerable(let name):
            "draws by the sampler \"\(name)\" cannot be enumerated; sample instead"
        case .noClasses(let key, let sampler):
            "\"\(key)\" is drawn by the sampler \"\(sampler)\", which has no classes to count; features have"
        case .tooMany(let combinations, let limit):
            "the draws have at least \(Int(combinations)) combinations, \(Int((combinations / Double(limit)).rounded(.up))) times "
                + "the most that are enumerated (\(limit)); sample instead"
        case .condition(let key, let feature, let replicate, let row, let given):
            "table \"\(key)\" has row \(row) at replicate \(replicate), whose \"\(feature)\" differs from that of row \(given)"
        }
    }
}
