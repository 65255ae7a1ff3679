/// How the rows of a plan's tables are drawn, for engines that draw them themselves: for each table and replicate a row of D
/// whose classes say what it may be, then the row of the dataset axis that computes that.
///
/// Every engine draws the same rows; the numbered steps of `ClassIndex.draw(likeRows:from:of:into:)` are what it does for one table.
public struct RowDraws: Sendable {
    /// The classes of equal feature values, as `ClassIndex` holds them.
    public struct Classes: Sendable {
        /// By row of D, the number of its class.
        public let classOf: [Int32]
        /// By class, where its members begin in `rows`; then how many rows there are.
        public let offsets: [Int]
        /// The members of each class, in the order of D.
        public let rows: [Int32]
        /// Running sums of the members' weights inside each class, and the guide to them, both aligned with `rows`; nil where
        /// all rows count alike.
        public let weights: (cumulative: [Double], guide: [Int32])?

        public init(
            classOf: [Int32], offsets: [Int], rows: [Int32], weights: (cumulative: [Double], guide: [Int32])? = nil
        ) {
            self.classOf = classOf
            self.offsets = offsets
            self.rows = rows
            self.weights = weights
        }
    }

    /// The draw of one table.
    public struct Draw: Hashable, Sendable {
        /// Number of its classes in `RowDraws.classes`.
        public let classes: Int
        /// What the generator counts under.
        public let key: UInt64
        /// The earlier table whose row the one drawn is like; nil for an unconditional draw, like row 0.
        public let parent: Int?

        public init(classes: Int, key: UInt64, parent: Int?) {
            self.classes = classes
            self.key = key
            self.parent = parent
        }
    }

    /// Each once, whatever tables are drawn from it.
    public let classes: [Classes]
    /// By table of the plan.
    public let draws: [Draw]
    /// By row of D, the row of the dataset axis that computes it.
    public let slots: [Int32]

    public init(classes: [Classes], draws: [Draw], slots: [Int32]) {
        self.classes = classes
        self.draws = draws
        self.slots = slots
    }

    /// Throws unless they draw rows for every table of `plan`, and no row but of a dataset axis of so many.
    ///
    /// - Complexity: O(rows of D × classes).
    public func check(against plan: Plan, datasetRows: Int) throws(BindingError) {
        guard draws.count == plan.tables.count else {
            throw .tableCount(expected: plan.tables.count, found: draws.count)
        }
        for (table, draw) in draws.enumerated() {
            guard classes.indices.contains(draw.classes), (0..<table).contains(draw.parent ?? 0) || draw.parent == nil
            else { throw .draws("those of \"\(plan.tables[table].key)\" name classes or a table that are not there") }
        }
        guard slots.allSatisfy({ 0 <= $0 && $0 < datasetRows }) else {
            throw .draws("a row of D has no place among the \(datasetRows) of the dataset axis")
        }
        for (number, classes) in classes.enumerated() where !classes.isWhole(of: slots.count) {
            throw .draws("classes number \(number) are none of \(slots.count) rows")
        }
    }
}

extension RowDraws.Classes {
    /// Whether every row is of a class, and every class has members, all of them rows.
    fileprivate func isWhole(of count: Int) -> Bool {
        guard !offsets.isEmpty else { return false }
        let numbers = 0..<Int32(clamping: offsets.count - 1)
        return classOf.count == count && rows.count == count && offsets.first == 0 && offsets.last == count
            && zip(offsets, offsets.dropFirst()).allSatisfy { $0 < $1 } && classOf.allSatisfy(numbers.contains)
            && rows.allSatisfy((0..<Int32(clamping: count)).contains)
            && (weights.map { areWhole($0.cumulative, $0.guide) } ?? true)
    }

    /// Whether there is a sum for each member, and a search begins inside its class.
    private func areWhole(_ sums: [Double], _ guide: [Int32]) -> Bool {
        guard sums.count == rows.count, guide.count == rows.count else { return false }
        return zip(offsets, offsets.dropFirst()).allSatisfy { start, end in
            guide[start..<end].allSatisfy { (0..<Int32(clamping: end - start)).contains($0) }
        }
    }
}
