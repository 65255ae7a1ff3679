public import ScrubGraph

extension Circuit {
    /// As a circuit graph file, which EAP-IG reads too: every node and edge of the model, those in the circuit with
    /// score 1, the others with 0.
    public func json(on graph: Graph) -> String {
        let anatomy = CircuitAnatomy(graph)
        let shape = anatomy.shape.map { "\"\($0.key)\": \($0.value)" } + ["\"parallel_attn_mlp\": false"]
        let nodes = anatomy.nodes.map { node in
            let isInside = node == graph.output || self.nodes.contains(node)
            return "\"\(graph.circuitName(of: node))\": {\"in_graph\": \(isInside)}"
        }
        var edges: [String] = []
        for reader in anatomy.readers {
            for source in reader.sources {
                let isInside = self.edges.contains(Edge(source: source, reader: reader.node))
                let name = "\(graph.circuitName(of: source))->\(reader.name)"
                edges.append("\"\(name)\": {\"score\": \(isInside ? "1.0" : "0.0"), \"in_graph\": \(isInside)}")
            }
        }
        return """
            {
              "cfg": {\(shape.joined(separator: ", "))},
              "nodes": {
                \(nodes.joined(separator: ",\n    "))
              },
              "edges": {
                \(edges.joined(separator: ",\n    "))
              }
            }

            """
    }
}
