internal import ScrubCore
public import ScrubGraph

extension Circuit {
    /// Reads a circuit graph file of EAP-IG's form, of this graph: `{"cfg": {"n_layers": 2, …}, "nodes": {"m0":
    /// {"in_graph": true}}, "edges": {"a0.h0->a1.h0<q>": {"in_graph": true, "score": 0.1}}}`, or true and false alone.
    ///
    /// Keys that say nothing of what is in the circuit are ignored.
    ///
    /// - Throws: `FileError`, `JSONError` or `CircuitError`.
    public init(contentsOf path: String, on graph: Graph) throws {
        self = try CircuitReader(file: path, graph: graph, json: JSONText.parse(contentsOf: path)).circuit()
    }
}

private struct CircuitReader {
    let file: String
    let graph: Graph
    let json: JSONValue

    func circuit() throws(CircuitError) -> Circuit {
        let anatomy = CircuitAnatomy(graph)
        try checkShape(anatomy)
        let nodes = try nodes(anatomy)
        return Circuit(nodes: nodes, edges: try edges(anatomy, nodes))
    }

    private func checkShape(_ anatomy: CircuitAnatomy) throws(CircuitError) {
        _ = try members("cfg")
        for (key, value) in anatomy.shape {
            guard let stated = json["cfg"]?[key] else { throw .missing(file: file, key: "cfg.\(key)") }
            guard case .integer(let found) = stated.content else {
                throw .value(file: file, key: "cfg.\(key)", found: stated.kind, expected: "an integer")
            }
            if found != value {
                throw .shape(file: file, key: "cfg.\(key)", found: Int(found), model: value)
            }
        }
        if case .boolean(true) = json["cfg"]?["parallel_attn_mlp"]?.content {
            throw .value(
                file: file, key: "cfg.parallel_attn_mlp", found: "true",
                expected: "false: MLPs here read the heads beside them")
        }
    }

    private func nodes(_ anatomy: CircuitAnatomy) throws(CircuitError) -> Set<Int> {
        let (names, known) = known(anatomy)
        var nodes: Set<Int> = []
        for member in try members("nodes") {
            let isInside = try isInside(member, of: "nodes")
            guard let node = known[member.key] else {
                if !isInside && isAbsentMLP(member.key, anatomy) { continue }
                throw unknown(member.key, key: "nodes", among: names)
            }
            try checkNeurons(member)
            if isInside && node != graph.output { nodes.insert(node) }
        }
        return nodes
    }

    private func edges(_ anatomy: CircuitAnatomy, _ nodes: Set<Int>) throws(CircuitError) -> Set<Circuit.Edge> {
        var readers: [String: CircuitAnatomy.Reader] = [:]
        for reader in anatomy.readers { readers[reader.name] = reader }
        let (names, known) = known(anatomy)
        var edges: Set<Circuit.Edge> = []
        for member in try members("edges") {
            let isInside = try isInside(member, of: "edges")
            let ends = member.key.split(separator: "->", omittingEmptySubsequences: false).map(String.init)
            guard ends.count == 2 else {
                throw .value(
                    file: file, key: "edges", found: "\"\(member.key)\"",
                    expected: "edges such as \"input->m0\" or \"m0->a1.h0<q>\"")
            }
            let isAbsent = ends.contains { isAbsentMLP($0, anatomy) }
            if isAbsent && !isInside { continue }
            guard let source = known[ends[0]] else {
                throw unknown(ends[0], key: "edges", among: names)
            }
            guard let reader = readers[ends[1]] else {
                let parts = anatomy.readers.map(\.name).filter { $0.hasPrefix("\(ends[1])<") }
                throw unknown(ends[1], key: "edges", among: anatomy.readers.map(\.name), perhaps: parts, exist: names)
            }
            guard reader.sources.contains(source) else {
                throw .notRead(
                    file: file, edge: member.key, reader: reader.name, source: ends[0],
                    sources: reader.sources.map(graph.circuitName))
            }
            guard isInside else { continue }
            for node in [source, anatomy.owner[reader.node] ?? graph.output]
            where node != graph.output && !nodes.contains(node) {
                throw .withoutNode(file: file, edge: member.key, node: graph.circuitName(of: node))
            }
            edges.insert(Circuit.Edge(source: source, reader: reader.node))
        }
        return edges
    }

    private func known(_ anatomy: CircuitAnatomy) -> (names: [String], numbers: [String: Int]) {
        let names = anatomy.nodes.map(graph.circuitName)
        return (names, [String: Int](uniqueKeysWithValues: zip(names, anatomy.nodes)))
    }

    /// Files list an MLP for every layer, also of a model that has none.
    private func isAbsentMLP(_ name: String, _ anatomy: CircuitAnatomy) -> Bool {
        guard name.first == "m", let layer = Int(name.dropFirst()), graph.number(of: name) == nil else { return false }
        return (0..<(anatomy.shape.first?.value ?? 0)).contains(layer)
    }

    private func unknown(
        _ name: String, key: String, among names: [String], perhaps near: [String] = [], exist: [String]? = nil
    ) -> CircuitError {
        .unknownNode(
            file: file, key: key, name: name, perhaps: near.isEmpty ? suggestions(for: name, among: names) : near,
            exist: Graph.inventory(of: exist ?? names))
    }

    private func members(_ key: String) throws(CircuitError) -> [JSONMember] {
        guard let value = json[key] else { throw .missing(file: file, key: key) }
        guard case .object(let members) = value.content else {
            throw .value(file: file, key: key, found: value.kind, expected: "an object")
        }
        return members
    }

    /// `true`, or `{"in_graph": true, …}`.
    private func isInside(_ member: JSONMember, of key: String) throws(CircuitError) -> Bool {
        if case .boolean(let isInside) = member.value.content { return isInside }
        let name = "\(key).\(member.key)"
        guard case .object = member.value.content else {
            throw .value(
                file: file, key: name, found: member.value.kind, expected: "true, false or an object with \"in_graph\"")
        }
        guard let inside = member.value["in_graph"] else { throw .missing(file: file, key: "\(name).in_graph") }
        guard case .boolean(let isInside) = inside.content else {
            throw .value(file: file, key: "\(name).in_graph", found: inside.kind, expected: "true or false")
        }
        return isInside
    }

    /// A circuit of neurons says more than one of edges.
    private func checkNeurons(_ member: JSONMember) throws(CircuitError) {
        guard let neurons = member.value["neurons"], case .array(let list) = neurons.content else { return }
        let isWhole = list.allSatisfy { item in
            switch item.content {
            case .boolean(let isInside): isInside
            case .integer(let number): number == 1
            case .real(let number): number == 1
            default: false
            }
        }
        if !isWhole {
            throw .value(
                file: file, key: "nodes.\(member.key).neurons", found: "a part of them",
                expected: "all of them: claims are on whole activations")
        }
    }
}
