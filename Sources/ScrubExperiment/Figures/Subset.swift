internal import ScrubData

/// Some rows of D, and the replicates whose reference datum is among them; or all.
struct Subset {
    private let rows: [Int32]?
    private let replicates: [Int]?

    static let everything = Subset(rows: nil, replicates: nil)

    var isEverything: Bool { rows == nil && replicates == nil }

    private init(rows: [Int32]?, replicates: [Int]?) {
        self.rows = rows
        self.replicates = replicates
    }

    /// All rows of D, and some replicates.
    init(replicates: Range<Int>) { self.init(rows: nil, replicates: Array(replicates)) }

    /// The rows of each class, and the replicates on them.
    ///
    /// - Parameters:
    ///   - classes: a partition of D.
    ///   - reference: by replicate, the row of its reference datum.
    static func each(of classes: ClassIndex, reference: [Int32]) -> [Subset] {
        var replicates = [[Int]](repeating: [], count: classes.classCount)
        for (replicate, row) in reference.enumerated() { replicates[Int(classes.classOf[Int(row)])].append(replicate) }
        return replicates.enumerated().map { group, replicates in
            Subset(rows: Array(classes.members(ofClass: group)), replicates: replicates)
        }
    }

    /// None where there are none at all.
    func replicates<Value>(_ values: [Value]) -> [Value] {
        values.isEmpty ? [] : replicates.map { $0.map { values[$0] } } ?? values
    }

    func rows<Value>(_ values: [Value]) -> [Value] { rows.map { $0.map { values[Int($0)] } } ?? values }
}
