public import ScrubCore
public import ScrubGraph

extension Circuit {
    /// The hypothesis that nothing outside the circuit matters, as its root claim: every node of the circuit on the
    /// reference datum where the circuit's edges lead, all else by `others`.
    ///
    /// A node is one claim below all that read it, so that there are as many claims as edges at most. A mask stays with
    /// the claim that reads it: it is no activation that a circuit could leave out.
    ///
    /// - Parameters:
    ///   - graph: the model that the circuit is of.
    ///   - others: the policy of claims that state none. It is the datum of the output where no edge leads there.
    ///   - place: where it was written.
    /// - Throws: a circuit that leaves nothing of which every input could be drawn on its own.
    public func claim(on graph: Graph, others: OthersPolicy, at place: SourceLocation) throws(CircuitError) -> Claim {
        let circuit = pruned(on: graph)
        let anatomy = CircuitAnatomy(graph)
        var sources: [Int: [Int]] = [:]
        for edge in circuit.edges { sources[edge.reader, default: []].append(edge.source) }
        func claim(_ node: Int, _ inputs: [Claim], shared: String? = nil) -> Claim {
            Claim(
                nodes: [Located(graph.nodes[node].name, place)], same: Located(.exact, place), inputs: inputs,
                shared: shared)
        }
        var claims: [Int: Claim] = [:]
        func inputs(_ reader: Int) -> [Claim] { sources[reader, default: []].sorted().compactMap { claims[$0] } }

        // Sources come before readers, so that each claim is made once and stands below all of its readers.
        for node in anatomy.nodes where circuit.nodes.contains(node) || node == graph.output {
            var below: [Claim] = []
            for reader in anatomy.readers(of: node) {
                if reader.node == node {
                    below += inputs(node)
                } else if sources[reader.node] != nil {
                    below.append(claim(reader.node, inputs(reader.node)))
                }
            }
            if !below.isEmpty { below += anatomy.aside[node, default: []].map { claim($0, []) } }
            claims[node] = claim(node, below, shared: node == graph.output ? nil : graph.nodes[node].name)
        }
        guard var root = claims[graph.output] else { throw .nothing(file: place.file) }
        if root.inputs.isEmpty { root.same.value = try Self.datum(of: others, place) }
        return root
    }

    /// How the output's datum is drawn where all of it belongs to the others.
    private static func datum(of others: OthersPolicy, _ place: SourceLocation) throws(CircuitError) -> Condition {
        switch others {
        case .random, .together: .any
        case .same(let feature): .feature(feature)
        case .exact, .each: throw .nothing(file: place.file)
        }
    }
}
