internal import ScrubCore
internal import ScrubOps

/// `heads = a + b`: a component that is the sum of others, which every sum that reads them all reads in their place.
public struct CombineRewrite: Rewrite {
    public static let name = "combine"
    /// What the sum is called.
    public var node: String
    public var members: [String]

    public init(_ members: [String], as node: String) {
        self.node = node
        self.members = members
    }

    public func apply(to graph: Graph) throws(RewriteError) -> Rewritten {
        try graph.checkName(node)
        if graph.number(of: node) != nil { throw .taken(node) }
        var numbers: [Int] = []
        for name in members {
            let member = try graph.find(name)
            _ = try graph.vectors(at: member, called: name)
            if numbers.contains(member) { throw .twice(name) }
            if let first = numbers.first, graph.nodes[first].type != graph.nodes[member].type {
                throw .differentTypes(
                    name, members[0], first: "\(graph.nodes[member].type)", second: "\(graph.nodes[first].type)")
            }
            numbers.append(member)
        }
        guard let last = numbers.max(), numbers.count > 1 else { throw .fewNodes(members.joined(separator: ", ")) }
        let readers = graph.nodes.indices.filter { reader in
            guard case .op(.sum) = graph.nodes[reader].kind else { return false }
            return numbers.allSatisfy(graph.nodes[reader].inputs.contains)
        }
        if readers.isEmpty { throw .noSum(members) }

        var copy = GraphCopy(graph)
        var combined = 0
        for number in graph.nodes.indices {
            if readers.contains(number) {
                let old = graph.nodes[number]
                var inputs = old.inputs.filter { !numbers.contains($0) }.map { copy[$0] }
                inputs.insert(combined, at: old.inputs.firstIndex(where: numbers.contains) ?? 0)
                copy.place(
                    number, at: try copy.add(.sum(Sum()), inputs, named: old.name, isComponent: old.isComponent))
            } else {
                try copy.keep(number)
            }
            if number == last {
                combined = try copy.add(
                    .sum(Sum()), numbers.sorted().map { copy[$0] }, named: node, isComponent: true)
            }
        }
        let terms = readers.map { graph.nodes[$0].inputs.count }.max() ?? 1
        return Rewritten(
            copy.finished(), kept: readers.map { Rewritten.Pair(graph.nodes[$0].name, graph.nodes[$0].name) },
            tolerance: RoundingTolerance.sum(of: terms), equation: "\(node) = \(members.joined(separator: " + "))")
    }
}
