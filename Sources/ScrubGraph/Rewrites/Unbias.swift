internal import ScrubCore
internal import ScrubOps

/// `x = unbiased + bias`: what is added whatever the datum, apart from the rest.
public struct UnbiasRewrite: Rewrite {
    public static let name = "unbias"
    public var node: String
    public var parts: [String]

    public init(_ node: String, parts: [String] = ["unbiased", "bias"]) {
        self.node = node
        self.parts = parts
    }

    public func apply(to graph: Graph) throws(RewriteError) -> Rewritten {
        let number = try graph.find(node)
        let op = try graph.vectors(at: number, called: node)
        let old = graph.nodes[number]
        let kept: [Int]
        let biases: [Int]
        let terms: Int
        switch op {
        case .linear where old.inputs.count == 3:
            (kept, biases) = (Array(old.inputs.prefix(2)), [old.inputs[2]])
            terms = graph.nodes[old.inputs[1]].type.shape.axes[0].count
        case .sum where old.inputs.contains(where: { !graph.nodes[$0].dependsOnData }):
            kept = old.inputs.filter { graph.nodes[$0].dependsOnData }
            biases = old.inputs.filter { !graph.nodes[$0].dependsOnData }
            terms = old.inputs.count
        default:
            throw .unfit(
                node: node, found: graph.kind(of: number), expected: "a linear map or a sum with a bias that is added")
        }
        let names = [try graph.name(of: parts[0], of: number), try graph.name(of: parts[1], of: number)]
        if graph.number(of: names[1]) != nil { throw .taken(names[1]) }
        let rewritten = try GraphCopy.of(graph, replacing: number) { (copy) throws(RewriteError) in
            let unbiased = try copy.add(op, kept.map { copy[$0] }, named: names[0])
            var bias = copy[biases[0]]
            if biases.count > 1 {
                bias = try copy.add(.sum(Sum()), biases.map { copy[$0] }, named: names[1])
            } else {
                copy.alias(names[1], for: graph.nodes[biases[0]].name)
            }
            return try copy.add(.sum(Sum()), [unbiased, bias], named: old.name, isComponent: old.isComponent)
        }
        return Rewritten(
            rewritten, kept: [Rewritten.Pair(node, node)], tolerance: RoundingTolerance.sum(of: terms),
            equation: "\(node) = \(parts[0]) + \(parts[1])")
    }
}
