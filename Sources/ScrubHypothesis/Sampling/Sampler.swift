public import ScrubCore
public import ScrubData
public import ScrubPlan

/// Draws the index tables of a plan: for every table and replicate a row of D, by the counter-based generator.
///
/// A draw is a pure function of (seed, key, replicate): batch, chunk, shard, thread and every other table have no part
/// in it.
public struct Sampler: Sendable {
    let tables: [Table]
    /// By table; the whole of D for an unconditional draw.
    let classes: [any DatumSampler]
    /// By table.
    private let streams: [RandomStream]
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
        streams = tables.map { RandomStream(seed: seed, key: Self.key(of: $0)) }
        rowCount = Int32(everything.classOf.count)
    }

    /// The digest of a table's key, which the generator counts under.
    public static func key(of table: Table) -> UInt64 { Digest(table.key).prefix64 }

    /// For each table, the row drawn for each of `replicates`.
    ///
    /// - Parameters:
    ///   - replicates: which.
    ///   - count: of the first tables, which are drawn; all unless given.
    /// - Throws: `SamplingError.emptyClass` when a class bears no weight, `SamplingError.outside` when a sampler of the
    ///   program's own gives a row that is none.
    /// - Complexity: O(tables × replicates).
    public func draw(_ replicates: Range<Int>, first count: Int? = nil) throws(SamplingError) -> [[Int32]] {
        var drawn: [[Int32]] = []
        for (number, table) in tables.prefix(count ?? tables.count).enumerated() {
            let given = table.parent.map { drawn[$0] }
            var rows = [Int32](repeating: 0, count: replicates.count)
            try rows.withUnsafeMutableBufferPointer { rows throws(SamplingError) in
                guard let given else { return try draw(number, replicates, like: nil, into: rows) }
                try given.withUnsafeBufferPointer { given throws(SamplingError) in
                    try draw(number, replicates, like: given, into: rows)
                }
            }
            drawn.append(rows)
        }
        return drawn
    }

    /// The same into memory of the caller's, so that tables can be drawn chunk by chunk.
    ///
    /// - Parameters:
    ///   - replicates: which.
    ///   - drawn: for each table, `[replicate]`.
    public func draw(
        _ replicates: Range<Int>, into drawn: [UnsafeMutableBufferPointer<Int32>]
    ) throws(SamplingError) {
        precondition(drawn.count == tables.count, "memory for each table")
        for number in tables.indices {
            let given = tables[number].parent.map { UnsafeBufferPointer(drawn[$0]) }
            try draw(number, replicates, like: given, into: drawn[number])
        }
    }

    /// One table, given its parent's rows for the same replicates.
    private func draw(
        _ number: Int, _ replicates: Range<Int>, like given: UnsafeBufferPointer<Int32>?,
        into drawn: UnsafeMutableBufferPointer<Int32>
    ) throws(SamplingError) {
        precondition(drawn.count == replicates.count, "a row for each replicate")
        let (table, index) = (tables[number], classes[number])
        let missing = index.draw(
            likeRows: given, from: UInt64(replicates.lowerBound), of: streams[number], into: drawn)
        if !(index is ClassIndex) {
            for row in drawn[..<(missing ?? drawn.count)] where !(0..<rowCount).contains(row) {
                throw .outside(key: table.key, row: Int(row), rows: Int(rowCount))
            }
        }
        if let missing {
            throw .emptyClass(key: table.key, feature: table.feature, row: Int(given?[missing] ?? 0))
        }
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
