internal import ScrubCore
internal import ScrubOps

/// `x W₁ + x W₂ + b = x (W₁ + W₂) + b`: a sum of linear maps of one value becomes one linear map.
public struct ContractRewrite: Rewrite {
    public static let name = "contract"
    public var node: String

    public init(_ node: String) { self.node = node }

    public func apply(to graph: Graph) throws(RewriteError) -> Rewritten {
        let number = try graph.find(node)
        let old = graph.nodes[number]
        let maps = old.inputs.filter { graph.nodes[$0].dependsOnData }
        let read = maps.first.flatMap { graph.nodes[$0].inputs.first }
        guard case .op(.sum) = old.kind, let read,
            maps.allSatisfy({ graph.isLinear($0) && graph.nodes[$0].inputs[0] == read })
        else {
            throw .unfit(node: node, found: graph.kind(of: number), expected: "a sum of linear maps of one value")
        }
        let biases = old.inputs.filter { !maps.contains($0) } + maps.flatMap { graph.nodes[$0].inputs.dropFirst(2) }
        var constants: [InputSource: Constant] = [:]

        func sum(_ nodes: [Int], _ name: String, _ copy: inout GraphCopy) throws(RewriteError) -> [Int] {
            if nodes.count < 2 { return nodes.map { copy[$0] } }
            let weight = try copy.add(weight: name, graph.nodes[nodes[0]].type.shape)
            let sources = nodes.compactMap { node in
                if case .source(let source) = graph.nodes[node].kind { source } else { nil }
            }
            guard sources.count == nodes.count else {
                throw .unfit(node: node, found: graph.kind(of: number), expected: "weights that are given")
            }
            constants[weight.source] = .sum(sources)
            return [weight.node]
        }

        // What nothing else reads is gone.
        let dropped = Set(
            maps.filter { map in
                !graph.nodes[map].isComponent
                    && graph.nodes.indices.allSatisfy { $0 == number || !graph.nodes[$0].inputs.contains(map) }
            })
        var copy = GraphCopy(graph)
        for each in graph.nodes.indices where !dropped.contains(each) {
            guard each == number else {
                try copy.keep(each)
                continue
            }
            let weights = try sum(maps.map { graph.nodes[$0].inputs[1] }, "\(old.name).weights", &copy)
            let bias = try sum(biases, "\(old.name).bias", &copy)
            copy.place(
                each,
                at: try copy.add(
                    .linear(Linear()), [copy[read]] + weights + bias, named: old.name, isComponent: old.isComponent))
        }
        return Rewritten(
            copy.finished(), constants: constants, kept: [Rewritten.Pair(node, node)],
            tolerance: RoundingTolerance.sum(of: maps.count * graph.nodes[read].type.shape.width),
            equation: "\(node) = linear(\(graph.nodes[read].name))")
    }
}

extension Graph {
    fileprivate func isLinear(_ node: Int) -> Bool { if case .op(.linear) = nodes[node].kind { true } else { false } }
}
