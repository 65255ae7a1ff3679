public import ScrubCore
internal import ScrubOps

/// `x W = x W₁ + x W₂`: a linear map becomes the sum of what groups of its inputs add: neurons of an MLP, dimensions
/// of a head.
public struct ExpandRewrite: Rewrite {
    public struct Group: Hashable, Sendable {
        public var name: String
        public var numbers: [Int]

        public init(_ name: String, _ numbers: [Int]) {
            self.name = name
            self.numbers = numbers
        }
    }

    public static let name = "expand"
    public var node: String
    public var groups: [Group]

    public init(_ node: String, into groups: [Group]) {
        self.node = node
        self.groups = groups
    }

    /// The axis that groups divide.
    ///
    /// - Throws: where there is no such node, or it is no linear map.
    public static func axis(of node: String, in graph: Graph) throws(RewriteError) -> Axis {
        let number = try graph.find(node)
        guard case .op(.linear) = graph.nodes[number].kind, graph.nodes[number].dependsOnData else {
            throw .unfit(node: node, found: graph.kind(of: number), expected: "a linear map")
        }
        return graph.nodes[graph.nodes[number].inputs[1]].type.shape.axes[0]
    }

    public func apply(to graph: Graph) throws(RewriteError) -> Rewritten {
        let axis = try Self.axis(of: node, in: graph)
        let number = try graph.find(node)
        let old = graph.nodes[number]
        guard case .source(let weights) = graph.nodes[old.inputs[1]].kind else {
            throw .unfit(node: node, found: graph.kind(of: number), expected: "a linear map by a weight")
        }
        try checkPartition(of: axis)
        var constants: [InputSource: Constant] = [:]
        var names: [String] = []
        for group in groups { names.append(try graph.name(of: group.name, of: number)) }
        let rewritten = try GraphCopy.of(graph, replacing: number) { (copy) throws(RewriteError) in
            var parts: [Int] = []
            for (name, group) in zip(names, groups) {
                let part = try copy.add(weight: name, graph.nodes[old.inputs[1]].type.shape)
                constants[part.source] = .rows(group.numbers, of: weights)
                parts.append(try copy.add(.linear(Linear()), [copy[old.inputs[0]], part.node], named: name))
            }
            let biases = old.inputs.dropFirst(2).map { copy[$0] }
            return try copy.add(.sum(Sum()), parts + biases, named: old.name, isComponent: old.isComponent)
        }
        let terms = groups.map(\.name) + old.inputs.dropFirst(2).map { graph.nodes[$0].name }
        return Rewritten(
            rewritten, constants: constants, kept: [Rewritten.Pair(node, node)],
            tolerance: RoundingTolerance.sum(of: axis.count), equation: "\(node) = \(terms.joined(separator: " + "))")
    }

    private func checkPartition(of axis: Axis) throws(RewriteError) {
        var owner: [Int: String] = [:]
        for group in groups {
            if groups.count(where: { $0.name == group.name }) > 1 { throw .twice(group.name) }
            if group.numbers.isEmpty { throw .noMembers(group.name) }
            for number in group.numbers {
                if !(0..<axis.count).contains(number) {
                    throw .range(group.name, text: "\(number)", axis: axis.name.rawValue, count: axis.count)
                }
                guard let other = owner.updateValue(group.name, forKey: number) else { continue }
                let shared = groups.first { $0.name == other }?.numbers.filter(group.numbers.contains) ?? []
                throw .inTwoGroups(
                    group.name, also: other, axis: axis.name.rawValue, numbers: Slice.text(shared.sorted()))
            }
        }
        let missing = (0..<axis.count).filter { owner[$0] == nil }
        if !missing.isEmpty { throw .inNoGroup(node: node, axis: axis.name.rawValue, numbers: Slice.text(missing)) }
    }
}
