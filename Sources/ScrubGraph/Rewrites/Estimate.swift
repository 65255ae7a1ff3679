internal import ScrubCore
public import ScrubOps

/// `x = phi + residual`: a node's vectors are taken apart into what an interpretation says they are, and what is left.
public struct EstimateRewrite: Rewrite {
    /// What phi is made of.
    public enum Estimate: Hashable, Sendable {
        /// A column's number, one for a datum or one for each of its positions, times a direction `[model]`.
        case along(Column, NamedTensor)
        /// A column: `[model]`, the same at each position, or `[position, model]`.
        case column(Column)
        /// A vector for each token: `[vocabulary, model]`.
        case tokens(NamedTensor)
        /// A linear map of another node's value: `[in, model]`, and perhaps `[model]`.
        case probe(of: String, NamedTensor, bias: NamedTensor?)
    }

    /// A column of the dataset, and what one row of it has.
    public struct Column: Hashable, Sendable {
        public var name: String
        /// Empty for a number.
        public var sizes: [Int]

        public init(_ name: String, sizes: [Int]) {
            self.name = name
            self.sizes = sizes
        }

        /// What the graph reads it as.
        public var source: InputSource { .column(Rewritten.prefix + name) }
    }

    public static let name = "estimate"
    public var node: String
    public var estimate: Estimate
    public var parts: [String]

    public init(_ node: String, by estimate: Estimate, parts: [String] = ["phi", "residual"]) {
        self.node = node
        self.estimate = estimate
        self.parts = parts
    }

    public func apply(to graph: Graph) throws(RewriteError) -> Rewritten {
        let number = try graph.find(node)
        _ = try graph.vectors(at: number, called: node)
        let type = graph.nodes[number].type
        guard type.shape.axes.map(\.name).first == .position, type.shape.rank == 2 else {
            throw .unfit(node: node, found: graph.kind(of: number), expected: "a vector for each position")
        }
        let names = [try graph.name(of: parts[0], of: number), try graph.name(of: parts[1], of: number)]
        var phi = try Phi(estimate, of: number, in: graph)
        let rewritten = try graph.takingApart(
            number, first: { (copy) throws(RewriteError) in try phi.bind(&copy) },
            { (copy, whole) throws(RewriteError) in
                try phi.addWeights(names[0], &copy)
                return try copy.addParts(names, of: whole) { (name, copy) throws(RewriteError) in
                    try phi.add(name, &copy)
                }
            })
        return Rewritten(
            rewritten, constants: phi.constants, kept: [Rewritten.Pair(node, node)],
            tolerance: RoundingTolerance.sum(of: 2), equation: "\(node) = \(parts[0]) + \(parts[1])")
    }
}
