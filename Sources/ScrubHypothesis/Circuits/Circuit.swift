internal import ScrubCore
public import ScrubGraph
internal import ScrubOps

/// Part of a model by its edges: which components matter to which others.
public struct Circuit: Hashable, Sendable {
    public struct Edge: Hashable, Sendable {
        /// A component that is read.
        public var source: Int
        /// What reads it: a component, or a head's `q`, `k` or `v`.
        public var reader: Int

        public init(source: Int, reader: Int) {
            self.source = source
            self.reader = reader
        }
    }

    /// Without the output, which is part of every circuit.
    public var nodes: Set<Int>
    public var edges: Set<Edge>

    public init(nodes: Set<Int> = [], edges: Set<Edge> = []) {
        self.nodes = nodes
        self.edges = edges
    }

    /// What is left when nodes and edges are dropped that lie on no way from the data to the output.
    public func pruned(on graph: Graph) -> Circuit {
        let anatomy = CircuitAnatomy(graph)
        let entering = [Int?: [Edge]](grouping: edges) { anatomy.owner[$0.reader] }
        var live: Set<Int> = []
        for node in anatomy.nodes {
            let isRead = entering[node, default: []].contains { live.contains($0.source) }
            if isRead || anatomy.readers(of: node).isEmpty { live.insert(node) }
        }
        var pruned = Circuit()
        var wanted: Set<Int> = [graph.output]
        for node in anatomy.nodes.reversed() where wanted.contains(node) {
            if node != graph.output { pruned.nodes.insert(node) }
            for edge in entering[node, default: []] where live.contains(edge.source) {
                pruned.edges.insert(edge)
                wanted.insert(edge.source)
            }
        }
        return pruned
    }
}

/// A graph as circuits see it: components, and what each reads from which others.
struct CircuitAnatomy {
    struct Reader {
        /// As circuit files call it: `a1.h0<q>`, `m0`, `logits`.
        var name: String
        var node: Int
        /// The components read, in order.
        var sources: [Int]
    }

    /// Components with an activation of their own, the output last. Columns and masks are none.
    let nodes: [Int]
    let members: Set<Int>
    /// By component, what reads for it; none for what reads no component.
    private var readersOf: [Int: [Reader]] = [:]
    /// By reader, the component for which it reads.
    private(set) var owner: [Int: Int] = [:]
    /// By component, what it reads that circuits do not speak of, such as the mask.
    private(set) var aside: [Int: [Int]] = [:]
    private let graph: Graph

    init(_ graph: Graph) {
        self.graph = graph
        let known = (0...graph.output).filter { number in
            let node = graph.nodes[number]
            guard node.isComponent, node.dependsOnData, case .op(let op) = node.kind else { return false }
            if case .paddingMask = op { return false }
            return true
        }
        let members = Set(known)
        (nodes, self.members) = (known, members)
        for node in known {
            let direct = graph.directInputs(of: node)
            if !direct.contains(where: members.contains) { continue }
            aside[node] = direct.filter { !members.contains($0) }
            let parts = ["q", "k", "v"].map { ($0, graph.number(of: "\(graph.nodes[node].name).\($0)")) }
            if parts.contains(where: { $0.1 == nil }) {
                add(
                    Reader(name: graph.circuitName(of: node), node: node, sources: direct.filter(members.contains)),
                    node)
            }
            for case (let part, let number?) in parts {
                let sources = graph.directInputs(of: number).filter(members.contains)
                add(Reader(name: "\(graph.nodes[node].name)<\(part)>", node: number, sources: sources), node)
            }
        }
    }

    private mutating func add(_ reader: Reader, _ node: Int) {
        readersOf[node, default: []].append(reader)
        owner[reader.node] = node
    }

    func readers(of node: Int) -> [Reader] { readersOf[node] ?? [] }

    var readers: [Reader] { nodes.flatMap(readers) }

    /// The sizes that circuit files state.
    var shape: [(key: String, value: Int)] {
        func count(_ name: (Int) -> String) -> Int { (0...).prefix { graph.number(of: name($0)) != nil }.count }
        let width = graph.number(of: "embed").flatMap { graph.nodes[$0].type.shape.count(of: .model) }
        return [
            ("n_layers", count { "a\($0).h0" }), ("n_heads", count { "a0.h\($0)" }), ("d_model", width ?? 0),
        ]
    }
}

extension Graph {
    /// What circuit files call a component.
    func circuitName(of node: Int) -> String {
        node == output ? "logits" : nodes[node].name == "embed" ? "input" : nodes[node].name
    }
}
