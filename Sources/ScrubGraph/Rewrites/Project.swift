internal import ScrubCore
internal import ScrubOps

/// `x = projection + complement`: a node's vectors are taken apart into what lies in a subspace and what is left.
public struct ProjectRewrite: Rewrite {
    public static let name = "project"
    public var node: String
    /// Vectors that span the subspace: `[model]`, or `[vector, model]`.
    public var basis: NamedTensor
    public var parts: [String]

    public init(_ node: String, onto basis: NamedTensor, parts: [String] = ["projection", "complement"]) {
        self.node = node
        self.basis = basis
        self.parts = parts
    }

    public func apply(to graph: Graph) throws(RewriteError) -> Rewritten {
        let number = try graph.find(node)
        _ = try graph.vectors(at: number, called: node)
        let axis = graph.nodes[number].type.shape.axes.last ?? Axis(.model, 0)
        let sizes = basis.value.sizes
        guard (1...2).contains(sizes.count), sizes.last == axis.count, basis.value.count > 0 else {
            throw .sizes(of: basis.name, found: sizes, expected: "[\(axis.count)] or [vectors, \(axis.count)]")
        }
        let rows = try basis.orthonormalRows()
        let coordinate = Axis(.group, rows.count)
        let columns = (0..<axis.count).flatMap { i in rows.map { Float($0[i]) } }
        var constants: [InputSource: Constant] = [:]
        let names = [try graph.name(of: parts[0], of: number), try graph.name(of: parts[1], of: number)]
        let rewritten = try graph.takingApart(number) { (copy, whole) throws(RewriteError) in
            let into = try copy.add(weight: "\(names[0]).coordinates", [axis, coordinate])
            let out = try copy.add(weight: names[0], [coordinate, axis])
            constants[into.source] = .tensor(HostTensor([axis.count, rows.count], columns))
            constants[out.source] = .tensor(
                HostTensor([rows.count, axis.count], rows.flatMap { $0.map { Float($0) } }))
            func project(_ name: String, _ copy: inout GraphCopy) throws(RewriteError) -> Int {
                let inside = try copy.add(.linear(Linear()), [whole, into.node], named: "\(name).coordinates")
                return try copy.add(.linear(Linear()), [inside, out.node], named: name)
            }
            return try copy.addParts(names, of: whole, project)
        }
        return Rewritten(
            rewritten, constants: constants, kept: [Rewritten.Pair(node, node)],
            tolerance: RoundingTolerance.sum(of: axis.count),
            equation: "\(node) = \(parts[0]) + \(parts[1])")
    }
}

extension Graph {
    /// The graph with a node that is the sum of the parts that `make` gives; what computed it becomes the wiring
    /// `<node>.whole`.
    ///
    /// - Parameter first: adds what must come before every node.
    func takingApart(
        _ number: Int, first: (inout GraphCopy) throws(RewriteError) -> Void = { _ in },
        _ make: (inout GraphCopy, _ whole: Int) throws(RewriteError) -> [Int]
    ) throws(RewriteError) -> Graph {
        let node = nodes[number]
        return try GraphCopy.of(self, replacing: number, first: first) { (copy) throws(RewriteError) in
            let whole = try copy.copy(number, named: "\(node.name).whole", isComponent: false)
            return try copy.add(.sum(Sum()), try make(&copy, whole), named: node.name, isComponent: node.isComponent)
        }
    }
}

extension GraphCopy {
    /// A part that `make` computes, and what it leaves of the whole.
    ///
    /// What is left reads a copy of its own, `<rest>.removed`, and not the part: a claim on the part that put another
    /// datum's value there would otherwise also change what is subtracted. Plans compute the two once.
    mutating func addParts(
        _ names: [String], of whole: Int, _ make: (String, inout GraphCopy) throws(RewriteError) -> Int
    ) throws(RewriteError) -> [Int] {
        let part = try make(names[0], &self)
        let removed = try make("\(names[1]).removed", &self)
        return [part, try add(.difference(Difference()), [whole, removed], named: names[1])]
    }
}
