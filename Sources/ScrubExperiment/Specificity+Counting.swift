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
    /// A table for each leaf, and all of them once.
    let leaves: [Int]
    let read: Set<Int>
    /// Tables that claims have; others hold nothing that is scrubbed.
    private var used: Set<Int> = []
    /// By table, the classes it is drawn within.
    var within: [ClassIndex] = []
    /// By table, what is seen of its row: the row where it is read, otherwise the features of the draws below, jointly.
    var seen: [ClassIndex] = []

    init(_ experiment: Experiment) throws(SamplingError) {
        let (tree, dataset) = (experiment.tree, experiment.dataset)
        shares = RowShares(dataset)
        everything = dataset.everyRow
        identity = .identity(dataset.count)
        leaves = tree.leaves(on: experiment.graph)
        read = Set(leaves)
        for table in tree.tables {
            guard let feature = table.feature else {
                within.append(everything)
                continue
            }
            guard experiment.samplers[feature] == nil else { throw .noClasses(key: table.key, sampler: feature) }
            guard let classes = experiment.features[feature]?.classes else { throw .noFeature(feature) }
            within.append(classes)
        }
        used = tree.claims.reduce(into: [0]) { $0.formUnion($1.others.tables + [$1.datum]) }
        seen = tree.tables.indices.map { read.contains($0) ? identity : everything }
        for number in used.sorted() {
            if let parent = tree.tables[number].parent { show(within[number], below: parent) }
        }
        // A claim that is drawn once shows its feature to every claim above, though it is drawn like none of them.
        let claims = Dictionary(tree.claims.map { ($0.path, $0) }) { first, _ in first }
        for agreement in tree.agreements {
            guard let shared = claims[agreement.claim], let between = claims[agreement.between],
                case .feature = shared.same, case .feature = between.same
            else { continue }
            show(within[shared.datum], below: between.datum)
        }
    }

    /// Notes that the class of a row of `table` is seen below it.
    private mutating func show(_ classes: ClassIndex, below table: Int) {
        if read.contains(table) || classes.classCount == 1 { return }
        seen[table] = seen[table].classCount == 1 ? classes : seen[table].joined(with: classes)
    }

    func specificity(_ experiment: Experiment) -> Specificity {
        let (tree, graph) = (experiment.tree, experiment.graph)
        // Many claims have one feature, and where the row itself is read, they lose as much.
        var known: [String?: ClassFigures] = [:]
        var losses: [String?: Loss] = [:]
        func draw(_ table: Int, _ path: String, _ node: String, same: String) -> Specificity.Draw {
            let feature = tree.tables[table].feature
            let classes = known[feature] ?? ClassFigures(within[table], shares)
            known[feature] = classes
            let loss = read.contains(table) ? losses[feature] ?? loss(table) : loss(table)
            if read.contains(table) { losses[feature] = loss }
            return Specificity.Draw(
                path: path, node: node, same: same, classes: classes.count, smallestClass: classes.smallest,
                largestClass: classes.largest, meanClass: classes.mean, metClass: classes.met,
                singletonShare: classes.alone, expectedSwaps: classes.swaps, drawBits: classes.bits,
                lostBits: loss.bits, isDetermined: loss.isDetermined)
        }
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
        var standing: [Int: String] = [:]
        for claim in tree.claims {
            for table in claim.others.tables where standing[table] == nil {
                standing[table] = graph.nodes[claim.node].name
            }
        }
        for (number, table) in tree.tables.enumerated().dropFirst() where used.contains(number) && owner[number] == nil
        {
            others.append(draw(number, table.key, standing[number] ?? "", same: table.feature ?? "any"))
        }
        let referenceBits = shares.bits(seen[0], given: everything)
        let draws = claims + others
        let lostBits = draws.reduce(0) { $0 + $1.lostBits }
        return Specificity(
            claims: claims, others: others, datasetBits: rowBits, referenceBits: referenceBits,
            drawBits: draws.reduce(rowBits) { $0 + $1.drawBits }, inputs: read.count, leaves: leaves.count,
            entropyBits: referenceBits + lostBits, isUpperBound: claims.contains { !$0.isDetermined },
            // With the reference's row the joint entropy is that of a row and of what is lost.
            saidBits: max(0, Double(leaves.count) * rowBits - lostBits))
    }

    /// The claim that keeps the row it is given.
    private func exact(_ path: String, _ node: String) -> Specificity.Draw {
        Specificity.Draw(
            path: path, node: node, same: "exact", classes: shares.count(identity), smallestClass: 1, largestClass: 1,
            meanClass: 1, metClass: 1, singletonShare: 1, expectedSwaps: 0, drawBits: 0, lostBits: 0,
            isDetermined: true)
    }

    /// What a draw's feature loses of what is seen below, and whether it is a function of that.
    private typealias Loss = (bits: Double, isDetermined: Bool)

    private func loss(_ table: Int) -> Loss {
        (
            shares.bits(seen[table], given: within[table]),
            shares.isFunction(within[table], of: seen[table])
        )
    }
}
