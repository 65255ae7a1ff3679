internal import ScrubCore
internal import ScrubData
internal import ScrubOps
internal import ScrubPlan

extension Joint {
    /// What is known of a plan's draws whatever the seed, from the classes that they are made in: positions at which a
    /// datum that is read under another's mask is never padding where that is not.
    ///
    /// - Complexity: O(rows + positions) for each pair of draws of which one is read under the other's mask.
    func covered(_ plan: Plan) -> Set<CoveredPosition> {
        var draws = DrawnLengths(self, plan)
        var covered: Set<CoveredPosition> = []
        _ = Padding(plan) { position in
            if !covered.contains(position), draws.covers(position) { covered.insert(position) }
            return covered.contains(position)
        }
        return covered
    }
}

/// How long data are that are drawn given a row of D.
private struct DrawnLengths {
    private let plan: Plan
    private let columns: [InputSource: HostTensor]
    private let features: [String: Feature]
    /// By row of D.
    private var lengths: [PaddedTokens: [Int32]] = [:]
    private var classes: [Key: LengthsOfClasses] = [:]
    /// Positions at which some row's draw is padding where its mask's datum is not.
    private var bare: [Pair: [Bool]] = [:]

    private struct Key: Hashable {
        let feature: String
        let tokens: PaddedTokens
    }

    private struct Pair: Hashable {
        let feature: String
        /// Nil for the row itself.
        let mask: String?
        let tokens: PaddedTokens
    }

    init(_ joint: Joint, _ plan: Plan) {
        self.plan = plan
        columns = joint.columns
        features = joint.features
    }

    /// Whether each datum that `known.table` draws has a token at the position wherever the one of `known.mask` has,
    /// given the row that both are drawn given.
    mutating func covers(_ known: CoveredPosition) -> Bool {
        let (table, mask) = (plan.tables[known.table], plan.tables[known.mask])
        guard let parent = table.parent, let feature = table.feature,
            let drawn = lengths(of: feature, known.tokens), let own = lengths(known.tokens)
        else { return false }
        // Where the mask's datum has a token: as far as the row's own, or as any that may be drawn.
        let reach: (Int) -> Int32
        if known.mask == parent {
            reach = { own[$0] }
        } else if mask.parent == parent, let masks = mask.feature.flatMap({ lengths(of: $0, known.tokens) }) {
            reach = { masks.most($0) }
        } else {
            return false
        }
        let pair = Pair(feature: feature, mask: known.mask == parent ? nil : mask.feature, tokens: known.tokens)
        let found = bare[pair] ?? drawn.bare(below: reach)
        bare[pair] = found
        return !found.indices.contains(known.position) || !found[known.position]
    }

    private mutating func lengths(of feature: String, _ tokens: PaddedTokens) -> LengthsOfClasses? {
        let key = Key(feature: feature, tokens: tokens)
        if let known = classes[key] { return known }
        guard let index = features[feature]?.classes, let lengths = lengths(tokens) else { return nil }
        let found = LengthsOfClasses(index, lengths)
        classes[key] = found
        return found
    }

    private mutating func lengths(_ tokens: PaddedTokens) -> [Int32]? {
        if let known = lengths[tokens] { return known }
        guard let source = plan.inputs.first(where: { $0.value == tokens.column })?.source,
            let measured = columns[source].flatMap(tokens.lengths)
        else { return nil }
        lengths[tokens] = measured
        return measured
    }
}

/// The least and greatest length in each class.
private struct LengthsOfClasses {
    private let classOf: [Int32]
    private var ranges: [(least: Int32, most: Int32)]

    init(_ classes: ClassIndex, _ lengths: [Int32]) {
        classOf = classes.classOf
        ranges = Array(repeating: (.max, 0), count: classes.classCount)
        for (row, length) in lengths.enumerated() {
            let number = Int(classOf[row])
            ranges[number] = (min(ranges[number].least, length), max(ranges[number].most, length))
        }
    }

    /// By position, whether it lies beyond the least length of some row's class, but below what `reach` gives for the row.
    ///
    /// - Complexity: O(rows + positions).
    func bare(below reach: (Int) -> Int32) -> [Bool] {
        // By position, how many such stretches begin there, less how many end.
        var changes: [Int] = []
        for row in classOf.indices {
            let (first, end) = (Int(least(row)), Int(reach(row)))
            if first >= end { continue }
            if changes.count <= end { changes += repeatElement(0, count: end + 1 - changes.count) }
            changes[first] += 1
            changes[end] -= 1
        }
        var open = 0
        return changes.map { change in
            open += change
            return open > 0
        }
    }

    /// Of the class of a row.
    func least(_ row: Int) -> Int32 { ranges[Int(classOf[row])].least }
    func most(_ row: Int) -> Int32 { ranges[Int(classOf[row])].most }
}
