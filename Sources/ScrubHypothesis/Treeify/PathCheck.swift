internal import ScrubCore
internal import ScrubGraph

extension Treeified {
    /// Throws unless every claim is reached from each of its parents as it says, no two claims stand on one path, and
    /// every exclusion excludes something.
    ///
    /// - Returns: the tree's paths, with what the check found out about them.
    /// - Complexity: O(edges that paths to children take), once for each state they take them in.
    func checkPaths(on graph: Graph) throws(HypothesisError) -> Paths {
        var check = PathCheck(treeified: self, graph: graph, paths: Paths(tree, on: graph))
        for parent in tree.claims.indices {
            for child in tree.claims[parent].children { try check.checkReach(child, below: parent) }
            try check.checkOverlaps(below: parent)
        }
        return check.paths
    }
}

extension Treeified {
    /// Throws where two claims below one parent would draw under one name, though by different paths.
    func checkNames() throws(HypothesisError) {
        var first: [String: Int] = [:]
        for (number, claim) in tree.claims.enumerated() {
            if let earlier = first[claim.path] {
                throw .duplicate(claims[number].location, node: claims[number].name, first: claims[earlier].location)
            }
            first[claim.path] = number
        }
    }
}

private struct PathCheck {
    let treeified: Treeified
    let graph: Graph
    var paths: Paths

    private var tree: ScrubTree { treeified.tree }

    // MARK: Reach

    mutating func checkReach(_ child: Int, below parent: Int) throws(HypothesisError) {
        let (claim, written) = (tree.claims[child], treeified.claims[child])
        for place in claim.places {
            let isFound =
                claim.places.count == 1 ? isReached(child, from: parent) : isReached(place, child, from: parent)
            if !isFound { throw notReached(place, child, from: parent) }
        }
        for excluded in claim.route.avoiding {
            let index = written.route.avoiding.firstIndex { $0.value.hasPrefix(graph.nodes[excluded.node].name) }
            var without = claim
            without.route.avoiding.removeAll { $0 == excluded }
            without.route.via.append([excluded])
            // A direct path passes no component but those of via: this one is not to become one of them.
            let isWiring = !graph.nodes[excluded.node].isComponent
            let isOnWay =
                isWiring || !claim.route.isDirect || claim.route.via.joined().contains { $0.node == excluded.node }
            if isOnWay, claim.places.contains(where: { isReached($0, child, as: without, from: parent) }) { continue }
            throw .idleAvoiding(
                index.map { written.route.avoiding[$0].location } ?? written.location, node: written.name,
                parent: treeified.claims[parent].name, excluded: graph.text(excluded))
        }
    }

    /// Whether a path leads to `place` of the child that passes no other of its places.
    private func isReached(
        _ place: Place, _ child: Int, as claim: ScrubTree.Claim? = nil, from parent: Int
    ) -> Bool {
        var pair = ScrubTree(claims: [tree.claims[parent], claim ?? tree.claims[child]], tables: [])
        (pair.claims[0].children, pair.claims[1].children) = ([1], [])
        var paths = Paths(pair, on: graph)
        var isFound = false
        paths.walk(0) { _, input, _, piece in
            if piece.target == .child(1), input == place.node { isFound = true }
            if isFound { return .stop }
            if case .onward(let state) = piece.target, !state.isHopeless { return .follow }
            return .turn
        }
        return isFound
    }

    /// As above, of a claim with one place: what is known of other claims serves again.
    private mutating func isReached(_ child: Int, from parent: Int) -> Bool {
        for above in tree.claims[parent].places {
            if paths.canReach(PathState.Hope(child: child, passed: 0), from: above.node) { return true }
        }
        return false
    }

    private func notReached(_ place: Place, _ child: Int, from parent: Int) -> HypothesisError {
        let (claim, written) = (tree.claims[child], treeified.claims[child])
        var single = claim
        single.places = [place]
        if claim.places.count > 1, isReached(place, child, as: single, from: parent) {
            return .noPath(
                written.location, node: graph.nodes[place.node].name, parent: treeified.claims[parent].name,
                why: "every path between them leads through another node of this claim")
        }
        return graph.notReached(
            place, written, claim.route, below: tree.claims[parent].places, of: treeified.claims[parent].name)
    }

    // MARK: Overlap

    private struct Visit: Hashable {
        var node: Int
        var state: PathState
    }

    /// The most kinds of path, by node and the claims that they may still lead to: beyond it a plan would be as large.
    private static let mostVisits = 1 << 18

    /// Walks every path below `parent`, once for each state it can be in.
    mutating func checkOverlaps(below parent: Int) throws(HypothesisError) {
        if tree.claims[parent].children.count < 2 { return }
        var seen: Set<Visit> = []
        for place in tree.claims[parent].places {
            let start = Visit(node: place.node, state: paths.start(parent, at: place.node))
            var open = [(visit: start, path: [place.node])]
            while let (visit, path) = open.popLast() {
                guard seen.insert(visit).inserted else { continue }
                guard seen.count < Self.mostVisits else {
                    throw .tooManyPaths(
                        treeified.claims[parent].location, node: treeified.claims[parent].name, limit: Self.mostVisits)
                }
                for input in graph.nodes[visit.node].inputs where graph.nodes[input].dependsOnData {
                    if let onward = paths.pass(parent, visit.state, through: input) {
                        // No child stands here.
                        if !onward.isHopeless { open.append((Visit(node: input, state: onward), path + [input])) }
                        continue
                    }
                    for atom in paths.atoms(parent, visit.state, at: input) {
                        try check(atom, at: input, path: path + [input])
                        if atom.standing.isEmpty, !atom.onward.isHopeless {
                            open.append((Visit(node: input, state: atom.onward), path + [input]))
                        }
                    }
                }
            }
        }
    }

    private func check(_ atom: Paths.Atom, at node: Int, path: [Int]) throws(HypothesisError) {
        guard let first = atom.standing.first else { return }
        func text(_ path: [Int]) -> String { path.map { graph.nodes[$0].name }.joined(separator: " > ") }
        let standing = treeified.claims[first]
        if atom.standing.count > 1 {
            let second = treeified.claims[atom.standing[1]]
            throw .samePath(
                second.location, node: second.name, path: text(path), claimed: standing.name, first: standing.location)
        }
        guard let hope = atom.onward.hopes.first(where: { $0.child != first }) else { return }
        let below = treeified.claims[hope.child]
        let route = tree.claims[hope.child]
        let rest = route.places.lazy.compactMap { place in
            graph.path(from: node, to: place.node, avoiding: Set(route.route.avoiding.map(\.node)))
        }.first
        throw .overlap(
            below.location, node: below.name, path: text(path + (rest ?? [])), claimed: standing.name,
            first: standing.location, claimedPath: text(path))
    }
}

extension Graph {
    /// Why a claim is not reached from its parent's places.
    func notReached(
        _ place: Place, _ written: Claim, _ route: ScrubTree.Route, below above: [Place], of parent: String
    ) -> HypothesisError {
        func reach(from: Int, to: Int) -> Bool { path(from: from, to: to, avoiding: []) != nil }
        func none(_ why: String) -> HypothesisError {
            .noPath(written.location, node: written.name, parent: parent, why: why)
        }
        let name = nodes[place.node].name
        if !above.contains(where: { reach(from: $0.node, to: place.node) }) {
            let isReversed = above.contains { reach(from: place.node, to: $0.node) }
            return none(
                isReversed
                    ? "\"\(parent)\" goes into \"\(name)\", not the other way round"
                    : "\"\(name)\" does not go into \"\(parent)\"")
        }
        if written.route == .direct {
            return .notReached(
                written.location, node: written.name, parent: parent,
                direct: directInputs(of: above[0].node).map { nodes[$0].name })
        }
        let missed = route.via.first { group in
            !group.contains { item in
                above.contains { reach(from: $0.node, to: item.node) } && reach(from: item.node, to: place.node)
            }
        }
        return none(
            missed.map { "no path between them passes \"\($0.map(text).joined(separator: "|"))\"" }
                ?? "no path between them is as it says")
    }

    /// Some path from `start` down to `end`, without `start`; nil where there is none.
    fileprivate func path(from start: Int, to end: Int, avoiding: Set<Int>) -> [Int]? {
        var before: [Int: Int] = [:]
        var open = [start]
        while let node = open.popLast() {
            for input in nodes[node].inputs
            where input >= end && before[input] == nil && (!avoiding.contains(input) || input == end) {
                before[input] = node
                open.append(input)
            }
        }
        guard before[end] != nil else { return nil }
        var path: [Int] = []
        var node = end
        while node != start, let reader = before[node] {
            path.append(node)
            node = reader
        }
        return path.reversed()
    }
}
