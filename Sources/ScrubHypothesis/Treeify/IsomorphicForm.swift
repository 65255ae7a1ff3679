internal import ScrubCore
public import ScrubGraph

extension Interpretation {
    /// The same hypothesis with nothing left unclaimed: the unimportant inputs of each claim are one more claim on its
    /// own, on all of them together, whose feature is the same for every datum.
    ///
    /// So the hypothesis's graph is isomorphic to the one it is about: unimportant parents are combined, and the
    /// interpretation has a unit-valued node for them (L. Chan et al., "Causal Scrubbing", 2022, appendix "Unimportant
    /// inputs"). It scrubs to the same distribution, by other draws. Claims whose children are reached by longer paths
    /// or take parts of what is drawn for each, and those whose other inputs share a draw with other claims', keep
    /// their policy: no one claim stands for what they leave.
    ///
    /// - Throws: what `treeify` throws.
    public func isomorphic(on graph: Graph) throws(HypothesisError) -> Interpretation {
        let treeified = try treeify(on: graph)
        var form = IsomorphicForm(treeified: treeified, graph: graph, others: others)
        var isomorphic = self
        isomorphic.root = try form.claim(0)
        return isomorphic
    }
}

private struct IsomorphicForm {
    let treeified: Treeified
    let others: OthersPolicy
    let graph: Graph
    var paths: Paths
    /// By claim: a shared one is met again.
    private var made: [Int: Claim] = [:]

    init(treeified: Treeified, graph: Graph, others: OthersPolicy) {
        (self.treeified, self.graph, self.others) = (treeified, graph, others)
        paths = Paths(treeified.tree, on: graph)
    }

    mutating func claim(_ number: Int) throws(HypothesisError) -> Claim {
        if let made = made[number] { return made }
        var claim = treeified.claims[number]
        let bound = treeified.tree.claims[number]
        defer { made[number] = claim }
        // As bound: a claim on [*] is by now one for each.
        if number > 0 { claim.nodes = bound.places.map { Located(graph.text($0), claim.location) } }
        claim.inputs = []
        for child in bound.children { claim.inputs.append(try self.claim(child)) }
        let policy = claim.others?.value ?? others
        let isPlain = bound.children.allSatisfy {
            let route = treeified.tree.claims[$0].route
            return route.isDirect && route.via.isEmpty && route.avoiding.isEmpty
        }
        let isOfParts = bound.children.contains { child in
            treeified.tree.claims[child].places.contains { !graph.nodes[$0.node].isComponent }
        }
        guard !claim.inputs.isEmpty, isPlain, !(policy == .each && isOfParts) else { return claim }
        let condition: Condition
        switch policy {
        case .random, .each: condition = .any
        case .exact: condition = .exact
        case .same(let feature): condition = .feature(feature)
        case .together: return claim
        }
        guard let places = paths.left(below: number, acrossWiring: policy == .each) else { return claim }
        let names = places.map { Located(graph.text($0), claim.location) }
        if !names.isEmpty { claim.others = Located(.exact, claim.location) }
        for group in policy == .each ? names.map({ [$0] }) : [names] where !group.isEmpty {
            claim.inputs.append(Claim(nodes: group, same: Located(condition, claim.location)))
        }
        return claim
    }
}

extension Paths {
    /// The places at which paths from `claim` leave those that lead to its children, in the graph's order; nil where
    /// some are what slices of a pattern leave, which have no name.
    ///
    /// - Parameter acrossWiring: whether wiring that leads to no child is followed to the components behind it.
    fileprivate mutating func left(below claim: Int, acrossWiring: Bool) -> [Place]? {
        var positions: [Int: Set<Int>] = [:]
        var whole: Set<Int> = []
        var isNamed = true
        let graph = graph
        walk(claim) { _, input, pieces, piece in
            guard case .onward(let state) = piece.target else { return .turn }
            if !state.isHopeless || (acrossWiring && !graph.nodes[input].isComponent) { return .follow }
            if case .positions(let list) = piece.slice {
                positions[input, default: []].formUnion(list)
            } else {
                whole.insert(input)
                isNamed = isNamed && pieces.count == 1
            }
            return .turn
        }
        let sliced = positions.filter { !whole.contains($0.key) }.map { Place($0.key, .positions($0.value.sorted())) }
        return isNamed ? (whole.map { Place($0) } + sliced).sorted { $0.node < $1.node } : nil
    }
}
