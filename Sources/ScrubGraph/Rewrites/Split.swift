internal import ScrubCore
internal import ScrubOps

/// `x = early + late + rest`: a sum becomes the sum of partial sums, and of what none of them takes.
public struct SplitRewrite: Rewrite {
    public struct Part: Hashable, Sendable {
        public var name: String
        /// Summands, by name.
        public var nodes: [String]

        public init(_ name: String, _ nodes: [String]) {
            self.name = name
            self.nodes = nodes
        }
    }

    public static let name = "split"
    public static let rest = "rest"
    public var node: String
    public var parts: [Part]

    public init(_ node: String, into parts: [Part]) {
        self.node = node
        self.parts = parts
    }

    public func apply(to graph: Graph) throws(RewriteError) -> Rewritten {
        let number = try graph.find(node)
        guard case .op(.sum) = graph.nodes[number].kind else {
            throw .unfit(node: node, found: graph.kind(of: number), expected: "a sum")
        }
        let summands = graph.nodes[number].inputs
        let variable = summands.filter { graph.nodes[$0].dependsOnData }
        var taken: Set<Int> = []
        var sums: [(name: String, members: [Int])] = []
        for part in parts {
            var members: Set<Int> = []
            for name in part.nodes {
                let member = try graph.find(name)
                guard variable.contains(member) else {
                    throw .notInput(name, of: node, inputs: variable.map { graph.nodes[$0].name })
                }
                guard taken.insert(member).inserted else { throw .twice(name) }
                members.insert(member)
            }
            guard !members.isEmpty else { throw .noMembers(part.name) }
            sums.append((try graph.name(of: part.name, of: number), summands.filter(members.contains)))
        }
        guard let first = parts.first else { throw .noMembers("parts") }
        // What is the same for every datum has no place in claims; it stays with the rest, where there is one.
        let left = variable.filter { !taken.contains($0) }
        let constant = summands.filter { !graph.nodes[$0].dependsOnData }
        if left.isEmpty && parts.count == 1 { throw .nothingLeft(node: node, part: first.name) }
        if !left.isEmpty { sums.append((try graph.name(of: Self.rest, of: number), left + constant)) }
        let rewritten = try GraphCopy.of(graph, replacing: number) { (copy) throws(RewriteError) in
            var inputs: [Int] = []
            for sum in sums { inputs.append(try copy.add(.sum(Sum()), sum.members.map { copy[$0] }, named: sum.name)) }
            if left.isEmpty { inputs += constant.map { copy[$0] } }
            let old = graph.nodes[number]
            return try copy.add(.sum(Sum()), inputs, named: old.name, isComponent: old.isComponent)
        }
        let names = parts.map(\.name) + (left.isEmpty ? constant.map { graph.nodes[$0].name } : [Self.rest])
        return Rewritten(
            rewritten, kept: [Rewritten.Pair(node, node)], tolerance: RoundingTolerance.sum(of: summands.count),
            equation: "\(node) = \(names.joined(separator: " + "))")
    }
}
