public import ScrubGraph

/// How far paths have come that lead down from a claim: which of its children may still be reached, and past what.
public struct PathState: Hashable, Sendable {
    struct Hope: Hashable {
        var child: Int
        /// A bit for each group of the child's `via` that was passed.
        var passed: UInt64
    }

    var hopes: [Hope]
    /// The direct input through which paths left the claim's own wiring, where its others are drawn for each.
    public internal(set) var left: Int?

    /// Whether no child can be reached any more: what lies below takes the claim's others datum.
    public var isHopeless: Bool { hopes.isEmpty }
}

/// Where the paths that enter a node by one slice of it lead.
public struct Piece: Hashable, Sendable {
    public enum Target: Hashable, Sendable {
        /// A child claim stands there.
        case child(Int)
        case onward(PathState)
    }

    public var slice: Slice
    public var target: Target
}

/// Walks the paths from claims to their children, edge by edge.
///
/// A path takes its datum from the deepest claim that stands on it. Paths are many, the states they can be in are few:
/// two paths to one node that leave the same children reachable are one.
public struct Paths {
    let graph: Graph
    let tree: ScrubTree
    /// By claim and node, the children that stand there.
    private var standing: [[Int: [(child: Int, slice: Slice)]]]
    private var reached: [Reach: Bool] = [:]

    private struct Reach: Hashable {
        var hope: PathState.Hope
        var node: Int
    }

    public init(_ tree: ScrubTree, on graph: Graph) {
        (self.tree, self.graph) = (tree, graph)
        standing = tree.claims.map { claim in
            var places: [Int: [(child: Int, slice: Slice)]] = [:]
            for child in claim.children {
                for place in tree.claims[child].places { places[place.node, default: []].append((child, place.slice)) }
            }
            return places
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

    /// Every edge that paths from `claim` take, once for each state they take it in.
    ///
    /// - Parameter visit: given reader, input, all pieces of the input and one of them; whether to go on through it.
    mutating func walk(_ claim: Int, _ visit: (Int, Int, [Piece], Piece) -> Bool) {
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
                    let goesOn = visit(from.node, input, pieces, piece)
                    if goesOn, case .onward(let state) = piece.target { open.append(Visit(node: input, state: state)) }
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
        let here = (standing[claim][node] ?? []).filter { place in
            state.hopes.contains { $0.child == place.child && isComplete($0) }
        }
        var inPlay: [Slice] = here.map(\.slice)
        for hope in state.hopes {
            let route = tree.claims[hope.child].route
            inPlay += (route.avoiding + route.via.joined()).filter { $0.node == node }.map(\.slice)
        }
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
        let isComponent = graph.nodes[node].isComponent
        for hope in state.hopes {
            guard let passed = pass(hope, node, member) else { continue }
            let hope = PathState.Hope(child: hope.child, passed: passed)
            if canReach(hope, from: node) { next.hopes.append(hope) }
        }
        if isComponent, case .each = tree.claims[claim].others, next.left == nil { next.left = node }
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
        let key = Reach(hope: hope, node: node)
        if let known = reached[key] { return known }
        let (child, isComplete) = (tree.claims[hope.child], isComplete(hope))
        let lowest = child.places.map(\.node).min() ?? 0
        var found = false
        for input in graph.nodes[node].inputs where !found && input >= lowest && graph.nodes[input].dependsOnData {
            if isComplete && child.places.contains(where: { $0.node == input }) {
                found = true
                break
            }
            // Where only some slice may be passed, some path may pass.
            let slices = Set((child.route.avoiding + child.route.via.joined()).filter { $0.node == input }.map(\.slice))
            for member in graph.division(of: input, by: Array(slices)) where !found {
                guard let passed = pass(hope, input, member) else { continue }
                found = canReach(PathState.Hope(child: hope.child, passed: passed), from: input)
            }
        }
        reached[key] = found
        return found
    }
}
