internal import ScrubCore
internal import ScrubData
internal import ScrubOps
internal import ScrubPlan

extension Joint {
    /// What is known of a plan's draws whatever the seed, from the classes that they are made in: positions at which a
    /// datum that is read under another's mask is never padding where that is not.
    ///
    /// - Complexity: O(rows) for each position that such a datum is read at.
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

    private struct Key: Hashable {
        let feature: String
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
        let position = Int32(known.position)
        if known.mask == parent {
            return own.indices.allSatisfy { own[$0] <= position || drawn.least($0) > position }
        }
        guard mask.parent == parent, let masks = mask.feature.flatMap({ lengths(of: $0, known.tokens) }) else {
            return false
        }
        return own.indices.allSatisfy { masks.most($0) <= position || drawn.least($0) > position }
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

    /// Of the class of a row.
    func least(_ row: Int) -> Int32 { ranges[Int(classOf[row])].least }
    func most(_ row: Int) -> Int32 { ranges[Int(classOf[row])].most }
}
