public import ScrubGraph

/// Walks the paths from claims to their children, edge by edge.
///
/// A path takes its datum from the deepest claim that stands on it. Paths are many, the states they can be in are few:
/// two paths to one node that leave the same children reachable are one. Most edges meet no claim and are told from the
/// others by one look-up.
public struct Paths {
    let graph: Graph
    let tree: ScrubTree
    /// By claim.
    private var families: [Family]
    private var below: Reachability
    private var reached: [Reach: Bool] = [:]

    /// What paths from one claim meet.
    private struct Family {
        /// By node, the children that stand there.
        var standing: [Int: [(child: Int, slice: Slice)]] = [:]
        /// Nodes at which some path is told from another: where a child stands, or that a child's route names.
        var marked: Set<Int> = []
        /// Whether every child is reached through wiring alone: a component that is not marked ends all hope.
        var isDirect = true
    }

    private struct Reach: Hashable {
        var hope: PathState.Hope
        var node: Int
    }

    /// - Complexity: O(claims).
    public init(_ tree: ScrubTree, on graph: Graph) {
        (self.tree, self.graph) = (tree, graph)
        below = Reachability(graph)
        families = tree.claims.map { claim in
            var family = Family()
            for child in claim.children {
                let route = tree.claims[child].route
                for place in tree.claims[child].places {
                    family.standing[place.node, default: []].append((child, place.slice))
                    family.marked.insert(place.node)
                }
                for place in route.avoiding { family.marked.insert(place.node) }
                for group in route.via { for place in group { family.marked.insert(place.node) } }
                family.isDirect = family.isDirect && route.isDirect
            }
            return family
        }
    }

    /// The state in which paths leave `claim` at `node`, one of its places.
    public mutating func start(_ claim: Int, at node: Int) -> PathState {
        let hopes = tree.claims[claim].children.map { PathState.Hope(child: $0, passed: 0) }
        return PathState(hopes: hopes.filter { canReach($0, from: node) })
    }

    /// Where paths in `state` lead that enter `node` from one of its readers, slice by slice: disjoint slices that make
    /// up the node.
    ///
    /// Where slices of a pattern's sources leave something, the last piece is that, as `whole`.
    public mutating func follow(_ claim: Int, _ state: PathState, to node: Int) -> [Piece] {
        if let onward = pass(claim, state, through: node) { return [Piece(slice: .whole, target: .onward(onward))] }
        var pieces: [Piece] = []
        for atom in atoms(claim, state, at: node) {
            let target = atom.standing.first.map { Piece.Target.child($0) } ?? .onward(atom.onward)
            if let last = pieces.firstIndex(where: { $0.target == target }),
                case .positions(let some) = pieces[last].slice, case .positions(let more) = atom.slice
            {
                pieces[last].slice = .positions((some + more).sorted())
            } else {
                pieces.append(Piece(slice: atom.slice, target: target))
            }
        }
        if pieces.count == 1 { pieces[0].slice = .whole }
        return pieces
    }

    /// Where paths in `state` lead that enter a node at which no child stands and which no child's route names; nil at
    /// any other node.
    ///
    /// - Complexity: O(1) where the node is a component and every child is a direct input, else O(children).
    public mutating func pass(_ claim: Int, _ state: PathState, through node: Int) -> PathState? {
        if families[claim].marked.contains(node) { return nil }
        let isComponent = graph.nodes[node].isComponent
        var next = PathState(hopes: [], left: state.left)
        if !isComponent || !families[claim].isDirect {
            next.hopes = state.hopes.filter { hope in
                !(isComponent && tree.claims[hope.child].route.isDirect) && canReach(hope, from: node)
            }
        }
        if isComponent { next.left = left(claim, state, node) }
        return next
    }

    /// The direct input by which paths that pass the component `node` have left the claim's wiring.
    private func left(_ claim: Int, _ state: PathState, _ node: Int) -> Int? {
        if state.left == nil, case .each = tree.claims[claim].others { return node }
        return state.left
    }

    /// What a walk does with a piece of an input: go on through it, turn back, or stop altogether.
    enum Step {
        case follow, turn, stop
    }

    /// Every edge that paths from `claim` take, once for each state they take it in.
    ///
    /// - Parameter visit: given reader, input, all pieces of the input and one of them; what to do with it.
    mutating func walk(_ claim: Int, _ visit: (Int, Int, [Piece], Piece) -> Step) {
        struct Visit: Hashable {
            var node: Int
            var state: PathState
        }
        var seen: Set<Visit> = []
        var open: [Visit] = []
        for place in tree.claims[claim].places {
            open.append(Visit(node: place.node, state: start(claim, at: place.node)))
        }
        while let from = open.popLast() {
            guard seen.insert(from).inserted else { continue }
            for input in graph.nodes[from.node].inputs where graph.nodes[input].dependsOnData {
                let pieces = follow(claim, from.state, to: input)
                for piece in pieces {
                    switch visit(from.node, input, pieces, piece) {
                    case .stop: return
                    case .turn: continue
                    case .follow:
                        guard case .onward(let state) = piece.target else { continue }
                        open.append(Visit(node: input, state: state))
                    }
                }
            }
        }
    }

    /// A slice of a node that no slice in play divides.
    struct Atom {
        var slice: Slice
        /// Children that stand here; more than one is a fault of the hypothesis.
        var standing: [Int]
        /// Where paths that pass through lead.
        var onward: PathState
    }

    mutating func atoms(_ claim: Int, _ state: PathState, at node: Int) -> [Atom] {
        if let onward = pass(claim, state, through: node) {
            return [Atom(slice: .whole, standing: [], onward: onward)]
        }
        let here = (families[claim].standing[node] ?? []).filter { place in
            state.hopes.contains { $0.child == place.child && isComplete($0) }
        }
        var inPlay: [Slice] = here.map(\.slice)
        for hope in state.hopes { inPlay += tree.claims[hope.child].route.slices(of: node) }
        return graph.division(of: node, by: inPlay).map { member in
            Atom(
                slice: member.slice, standing: here.filter { member.isIn($0.slice) }.map(\.child),
                onward: advance(claim, state, through: node, member))
        }
    }

    /// The state of paths that pass through `member` of `node`.
    private mutating func advance(
        _ claim: Int, _ state: PathState, through node: Int, _ member: Member
    ) -> PathState {
        var next = PathState(hopes: [], left: state.left)
        for hope in state.hopes {
            guard let passed = pass(hope, node, member) else { continue }
            let hope = PathState.Hope(child: hope.child, passed: passed)
            if canReach(hope, from: node) { next.hopes.append(hope) }
        }
        if graph.nodes[node].isComponent { next.left = left(claim, state, node) }
        return next
    }

    /// What a path of `hope` has passed once it is through `member` of `node`; nil where it may not pass there.
    private func pass(_ hope: PathState.Hope, _ node: Int, _ member: Member) -> UInt64? {
        let route = tree.claims[hope.child].route
        func isHere(_ place: Place) -> Bool { place.node == node && member.isIn(place.slice) }
        if route.avoiding.contains(where: isHere) { return nil }
        var passed = hope.passed
        for (number, group) in route.via.enumerated() where group.contains(where: isHere) { passed |= 1 << number }
        if route.isDirect && graph.nodes[node].isComponent && passed == hope.passed { return nil }
        return passed
    }

    private func isComplete(_ hope: PathState.Hope) -> Bool {
        hope.passed == (1 << UInt64(tree.claims[hope.child].route.via.count)) - 1
    }

    /// Whether some path from `node`, which it has passed, leads to the hope's child.
    mutating func canReach(_ hope: PathState.Hope, from node: Int) -> Bool {
        let places = tree.claims[hope.child].places
        if tree.claims[hope.child].route.isPlain {
            let isDirect = tree.claims[hope.child].route.isDirect
            for place in places {
                if isDirect ? below.isWired(node, to: place.node) : below.leads(node, to: place.node) { return true }
            }
            return false
        }
        let key = Reach(hope: hope, node: node)
        if let known = reached[key] { return known }
        let isComplete = isComplete(hope)
        let lowest = places.map(\.node).min() ?? 0
        var found = false
        for input in graph.nodes[node].inputs where !found && input >= lowest && graph.nodes[input].dependsOnData {
            if isComplete && places.contains(where: { $0.node == input }) {
                found = true
                break
            }
            // Where only some slice may be passed, some path may pass.
            let slices = Set(tree.claims[hope.child].route.slices(of: input))
            for member in graph.division(of: input, by: Array(slices)) where !found {
                guard let passed = pass(hope, input, member) else { continue }
                found = canReach(PathState.Hope(child: hope.child, passed: passed), from: input)
            }
        }
        reached[key] = found
        return found
    }
}

extension ScrubTree.Route {
    /// Whether every path is as good as another: none has to pass or to avoid anything.
    fileprivate var isPlain: Bool { via.isEmpty && avoiding.isEmpty }

    /// The slices of `node` that a path must avoid, or that it may pass for one of `via`.
    fileprivate func slices(of node: Int) -> [Slice] {
        var slices: [Slice] = []
        for place in avoiding where place.node == node { slices.append(place.slice) }
        for group in via { for place in group where place.node == node { slices.append(place.slice) } }
        return slices
    }
}
