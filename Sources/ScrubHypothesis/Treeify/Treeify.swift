internal import ScrubCore
public import ScrubGraph
internal import ScrubPlan

extension Hypothesis {
    /// Binds the claims to nodes of `graph` and names every draw.
    ///
    /// Each claim becomes one node of the tree for the path by which it is reached, with its own draw. The result does
    /// not depend on the order in which claims stand in the file.
    ///
    /// - Throws: a claim on a node that does not exist, is no direct input of its parent, is claimed twice or inside
    ///   another claim's path, or is the same for every datum; a hypothesis that touches nothing.
    /// - Complexity: O(claims × nodes inside a component).
    public func treeify(on graph: Graph) throws(HypothesisError) -> ScrubTree {
        if interpretation.inputs.isEmpty && interpretation.same.value == .exact {
            throw .touchesNothing(interpretation.node.location)
        }
        var treeifier = Treeifier(graph: graph, features: features.mapValues(\.value))
        try treeifier.add(interpretation, at: graph.output, path: "output", parent: nil)
        return treeifier.tree
    }
}

/// Claims and tables as they are found, top-down.
private struct Treeifier {
    let graph: Graph
    let features: [String: String]
    var tree = ScrubTree(claims: [], tables: [Table(key: "reference")])

    mutating func add(_ claim: Claim, at node: Int, path: String, parent: Int?) throws(HypothesisError) {
        let given = parent.map { tree.claims[$0].datum } ?? 0
        let datum =
            switch claim.same.value {
            case .exact: given
            case .any: draw(path)
            case .feature(let text): draw(path, same: text, as: given)
            }
        let number = tree.claims.count
        tree.claims.append(
            ScrubTree.Claim(path: path, node: node, parent: parent, children: [], datum: datum, others: .none))
        if let parent { tree.claims[parent].children.append(number) }
        if claim.inputs.isEmpty { return }

        tree.claims[number].others = others(claim.others.value, node, path, datum)
        let children = try resolve(claim.inputs, below: node)
        for (child, target) in children.sorted(by: { $0.node < $1.node }) {
            let name = graph.pathName(of: target)
            try add(child, at: target, path: parent == nil ? name : "\(path)/\(name)", parent: number)
        }
    }

    /// Each child with the node it claims.
    private func resolve(_ children: [Claim], below parent: Int) throws(HypothesisError) -> [(claim: Claim, node: Int)]
    {
        let reached = graph.reachedThroughWiring(from: parent)
        var resolved: [(claim: Claim, node: Int)] = []
        for child in children {
            let (name, place) = (child.node.value, child.node.location)
            guard let node = graph.resolve(name, below: parent) else {
                let parts = graph.parts(of: parent)
                let inside = "parts of \"\(graph.nodes[parent].name)\" are \(parts.joined(separator: ", "))"
                throw .unknownNode(
                    place, name: name, perhaps: suggestions(for: name, among: graph.claimableNames + parts),
                    exist: parts.isEmpty ? graph.inventory : "\(inside); \(graph.inventory)")
            }
            guard graph.nodes[node].dependsOnData else { throw .constant(place, node: name) }
            guard reached.contains(node) else {
                throw .notReached(
                    place, node: name, parent: graph.nodes[parent].name,
                    direct: graph.directInputs(of: parent).map { graph.nodes[$0].name })
            }
            if let first = resolved.first(where: { $0.node == node }) {
                throw .duplicate(place, node: name, first: first.claim.node.location)
            }
            resolved.append((child, node))
        }
        for (child, node) in resolved {
            for (other, through) in resolved where graph.reachedThroughWiring(from: through).contains(node) {
                if graph.nodes[through].isComponent { continue }
                throw .overlap(
                    child.node.location, node: child.node.value, claimed: other.node.value, first: other.node.location)
            }
        }
        return resolved
    }

    private mutating func others(_ policy: OthersPolicy, _ node: Int, _ path: String, _ datum: Int) -> ScrubTree.Others
    {
        switch policy {
        case .random: return .shared(draw("\(path)/others"))
        case .exact: return .shared(datum)
        case .same(let text): return .shared(draw("\(path)/others", same: text, as: datum))
        case .together(let name):
            let key = "together/\(name)"
            return .shared(tree.tables.firstIndex { $0.key == key } ?? draw(key))
        case .each:
            var tables: [Int: Int] = [:]
            for input in graph.directInputs(of: node) {
                tables[input] = draw("\(path)/others/\(graph.nodes[input].name)")
            }
            return .each(tables)
        }
    }

    private mutating func draw(_ key: String, same text: String? = nil, as parent: Int? = nil) -> Int {
        tree.tables.append(Table(key: key, feature: text.map { features[$0] ?? $0 }, parent: parent))
        return tree.tables.count - 1
    }
}

extension Graph {
    /// What a path calls a node: a component by its name, a part of one by the part's: `a1.h0/q/embed`.
    fileprivate func pathName(of node: Int) -> String {
        let name = nodes[node].name
        return nodes[node].isComponent ? name : name.split(separator: ".").last.map(String.init) ?? name
    }

    /// The names of components from which the output is computed, and its own.
    fileprivate var claimableNames: [String] {
        nodes[...output].filter { $0.dependsOnData && $0.isComponent }.map(\.name)
    }

    /// What a claim below `node` may call the wiring inside it.
    fileprivate func parts(of node: Int) -> [String] {
        reachedThroughWiring(from: node).filter { !nodes[$0].isComponent }.map(pathName)
    }

    /// What exists, in a line: `nodes are tokens, embed, a0.h0 to a2.h1, m0 to m2, logits`.
    fileprivate var inventory: String {
        var families: [(first: String, last: String, letter: Character?)] = []
        for name in claimableNames {
            let isNumbered = "am".contains(name.prefix(1)) && name.dropFirst().first?.isNumber == true
            let letter = isNumbered ? name.first : nil
            if isNumbered, let family = families.firstIndex(where: { $0.letter == letter }) {
                families[family].last = name
            } else {
                families.append((name, name, letter))
            }
        }
        return "nodes are "
            + families.map { $0.first == $0.last ? $0.first : "\($0.first) to \($0.last)" }.joined(separator: ", ")
    }
}
