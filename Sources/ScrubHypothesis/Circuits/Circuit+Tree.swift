public import ScrubGraph

extension Circuit {
    /// The nodes and edges on the paths that the claims of a tree speak of: from the output down to each claim, and all
    /// that is below a claim without children. A claim on any datum at all says that its node does not matter: it leads
    /// nowhere.
    ///
    /// - Complexity: O(claims × nodes) at most.
    public init(_ tree: ScrubTree, on graph: Graph) {
        var walk = CircuitWalk(tree: tree, graph: graph, anatomy: CircuitAnatomy(graph), paths: Paths(tree, on: graph))
        walk.run()
        self = walk.circuit
    }
}

private struct CircuitWalk {
    /// Where a path has come to, and for what it reads.
    struct Visit: Hashable {
        var node: Int
        var reader: Int?
        /// The claim on whose paths this is, and how far they have come; nil where all below is claimed.
        var claim: Int?
        var state: PathState?
    }

    let tree: ScrubTree
    let graph: Graph
    let anatomy: CircuitAnatomy
    var paths: Paths
    var circuit = Circuit()
    private var open: [Visit] = []
    private var seen: Set<Visit> = []

    init(tree: ScrubTree, graph: Graph, anatomy: CircuitAnatomy, paths: Paths) {
        (self.tree, self.graph, self.anatomy, self.paths) = (tree, graph, anatomy, paths)
    }

    mutating func run() {
        enter(0, at: graph.output, for: nil)
        while let visit = open.popLast() {
            for input in graph.nodes[visit.node].inputs where graph.nodes[input].dependsOnData {
                guard let claim = visit.claim, let state = visit.state else {
                    follow(Visit(node: input, reader: visit.reader))
                    continue
                }
                for piece in paths.follow(claim, state, to: input) {
                    switch piece.target {
                    case .child(let child): enter(child, at: input, for: visit.reader)
                    case .onward(let next) where !next.isHopeless:
                        follow(Visit(node: input, reader: visit.reader, claim: claim, state: next))
                    case .onward: break
                    }
                }
            }
        }
    }

    /// A claim stands at `node`.
    private mutating func enter(_ claim: Int, at node: Int, for reader: Int?) {
        if !tree.claims[claim].children.isEmpty {
            follow(Visit(node: node, reader: reader, claim: claim, state: paths.start(claim, at: node)))
        } else if tree.claims[claim].same != .any {
            follow(Visit(node: node, reader: reader))
        }
    }

    /// Notes the edge by which a claimed path comes to a component, and goes on from there.
    private mutating func follow(_ visit: Visit) {
        var visit = visit
        if anatomy.owner[visit.node] != nil {
            if let reader = visit.reader, reader != visit.node { note(visit.node, reader) }
            visit.reader = visit.node
        } else if graph.nodes[visit.node].isComponent {
            if let reader = visit.reader { note(visit.node, reader) }
            visit.reader = nil
        }
        if seen.insert(visit).inserted { open.append(visit) }
    }

    private mutating func note(_ source: Int, _ reader: Int) {
        guard anatomy.members.contains(source) else { return }
        circuit.nodes.insert(source)
        circuit.edges.insert(Circuit.Edge(source: source, reader: reader))
    }
}
