internal import ScrubData
internal import ScrubGraph
public import ScrubHypothesis
internal import ScrubPlan

extension Experiment {
    /// What the hypothesis says, in bits, by counting on D.
    ///
    /// - Throws: `SamplingError.noClasses`, where a draw is by a sampler of the program's own.
    /// - Complexity: O(claims × rows).
    public func specificity() throws(SamplingError) -> Specificity {
        let count = try SpecificityCount(self)
        return count.specificity(self)
    }
}

/// The tables of a tree with what they are drawn like and what is seen of them.
private struct SpecificityCount {
    let shares: RowShares
    let everything: ClassIndex
    /// Each row for itself.
    let identity: ClassIndex
    let read: Set<Int>
    /// By table, the classes it is drawn within.
    var within: [ClassIndex] = []
    /// By table, what is seen of its row: the row where it is read, otherwise the features of the draws below, jointly.
    var seen: [ClassIndex] = []

    init(_ experiment: Experiment) throws(SamplingError) {
        let (tree, dataset) = (experiment.tree, experiment.dataset)
        shares = RowShares(dataset)
        everything = dataset.everyRow
        identity = .identity(dataset.count)
        read = tree.tablesRead(on: experiment.graph)
        for table in tree.tables {
            guard let feature = table.feature else {
                within.append(everything)
                continue
            }
            guard experiment.samplers[feature] == nil else { throw .noClasses(key: table.key, sampler: feature) }
            guard let classes = experiment.features[feature]?.classes else { throw .noFeature(feature) }
            within.append(classes)
        }
        seen = tree.tables.indices.map { read.contains($0) ? identity : everything }
        for (number, table) in tree.tables.enumerated() {
            guard let parent = table.parent, !read.contains(parent) else { continue }
            seen[parent] = seen[parent].joined(with: within[number])
        }
    }

    func specificity(_ experiment: Experiment) -> Specificity {
        let (tree, graph) = (experiment.tree, experiment.graph)
        let rowBits = shares.bits(identity, given: everything)
        var owner: [Int: Int] = [:]
        var claims: [Specificity.Draw] = []
        for (number, claim) in tree.claims.enumerated() {
            let node = graph.nodes[claim.node].name
            switch claim.same {
            case .exact: claims.append(exact(claim.path, node))
            case .any: claims.append(draw(claim.datum, claim.path, node, same: "any"))
            case .feature(let text): claims.append(draw(claim.datum, claim.path, node, same: text))
            }
            if claim.same != .exact { owner[claim.datum] = number }
        }
        var others: [Specificity.Draw] = []
        for (number, table) in tree.tables.enumerated().dropFirst()
        where owner[number] == nil && table.key != ScrubTree.baseline {
            let node = tree.claims.first { $0.others.tables.contains(number) }.map { graph.nodes[$0.node].name }
            others.append(draw(number, table.key, node ?? "", same: table.feature ?? "any"))
        }
        let referenceBits = shares.bits(seen[0], given: everything)
        let draws = claims + others
        return Specificity(
            claims: claims, others: others, datasetBits: rowBits, referenceBits: referenceBits,
            drawBits: draws.reduce(rowBits) { $0 + $1.drawBits }, inputs: read.count,
            entropyBits: draws.reduce(referenceBits) { $0 + $1.lostBits },
            isUpperBound: claims.contains { !$0.isDetermined })
    }

    /// The claim that keeps the row it is given.
    private func exact(_ path: String, _ node: String) -> Specificity.Draw {
        Specificity.Draw(
            path: path, node: node, same: "exact", classes: shares.count(identity), smallestClass: 1, largestClass: 1,
            meanClass: 1, metClass: 1, singletonShare: 1, expectedSwaps: 0, drawBits: 0, lostBits: 0,
            isDetermined: true)
    }

    private func draw(_ table: Int, _ path: String, _ node: String, same: String) -> Specificity.Draw {
        let (classes, masses) = (within[table], shares.shares(within[table]))
        var sizes = [Int](repeating: 0, count: masses.count)
        var stays = 0.0
        for (row, c) in classes.classOf.enumerated() where shares.ofRow[row] > 0 {
            sizes[Int(c)] += 1
            stays += shares.ofRow[row] * min(1, shares.ofRow[row] / masses[Int(c)])
        }
        let drawn = sizes.indices.filter { sizes[$0] > 0 }
        let alone = drawn.filter { sizes[$0] == 1 }.reduce(0) { $0 + masses[$1] }
        return Specificity.Draw(
            path: path, node: node, same: same, classes: drawn.count,
            smallestClass: drawn.map { sizes[$0] }.min() ?? 0, largestClass: drawn.map { sizes[$0] }.max() ?? 0,
            meanClass: Double(drawn.reduce(0) { $0 + sizes[$1] }) / Double(max(1, drawn.count)),
            metClass: drawn.reduce(0) { $0 + masses[$1] * Double(sizes[$1]) }, singletonShare: min(1, alone),
            expectedSwaps: max(0, 1 - stays), drawBits: shares.bits(identity, given: classes),
            lostBits: shares.bits(seen[table], given: classes),
            isDetermined: shares.isFunction(classes, of: seen[table]))
    }
}

extension ScrubTree.Others {
    fileprivate var tables: [Int] {
        switch self {
        case .none: []
        case .shared(let table): [table]
        case .each(let tables): tables.values.sorted()
        }
    }
}
