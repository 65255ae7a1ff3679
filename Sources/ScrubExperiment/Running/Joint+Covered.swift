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
    /// By row of D, the least and greatest of its class.
    private var ranges: [Key: [ClosedRange<Int32>]] = [:]

    private struct Key: Hashable {
        let feature: String
        let tokens: PaddedTokens
    }

    init(_ joint: Joint, _ plan: Plan) {
        self.plan = plan
        columns = joint.columns
        features = joint.members.reduce(into: [:]) { $0.merge($1.features) { first, _ in first } }
    }

    /// Whether each datum that `known.table` draws has a token at the position wherever the one of `known.mask` has,
    /// given the row that both are drawn given.
    mutating func covers(_ known: CoveredPosition) -> Bool {
        let (table, mask) = (plan.tables[known.table], plan.tables[known.mask])
        guard let parent = table.parent, let feature = table.feature,
            let drawn = lengths(of: feature, known.tokens),
            let masks = known.mask == parent
                ? lengths(known.tokens).map({ $0.map { $0...$0 } })
                : mask.parent == parent ? mask.feature.flatMap({ lengths(of: $0, known.tokens) }) : nil
        else { return false }
        return zip(drawn, masks).allSatisfy { drawn, mask in
            drawn.lowerBound > known.position || mask.upperBound <= known.position
        }
    }

    private mutating func lengths(of feature: String, _ tokens: PaddedTokens) -> [ClosedRange<Int32>]? {
        let key = Key(feature: feature, tokens: tokens)
        if let known = ranges[key] { return known }
        guard let classes = features[feature]?.classes, let lengths = lengths(tokens) else { return nil }
        var byClass = [ClosedRange<Int32>?](repeating: nil, count: classes.classCount)
        for (row, length) in lengths.enumerated() {
            let number = Int(classes.classOf[row])
            let range = byClass[number] ?? length...length
            byClass[number] = min(range.lowerBound, length)...max(range.upperBound, length)
        }
        let found = classes.classOf.map { byClass[Int($0)] ?? 0...0 }
        ranges[key] = found
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
