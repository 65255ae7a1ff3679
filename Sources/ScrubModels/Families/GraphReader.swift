internal import ScrubCore
internal import ScrubOps

/// Reads `config.json` of the family `graph`: `{"model_type": "graph", "nodes": [...], "output": NAME}`.
struct GraphReader {
    /// Prefixes of the columns and tensors that behaviours, rewrites and ablations bind.
    private static let reserved = ["behaviour", "rewrite", "ablation"]

    let file: String
    let bytes: UnsafeRawBufferPointer

    func configuration(_ json: JSONValue) throws(GraphModelError) -> GraphConfiguration {
        let whole = GraphMember(reader: self, subject: "the model", json: json)
        _ = try whole.members(known: [ModelConfiguration.familyKey, "nodes", "output"])
        let items = try whole.list("nodes")
        if items.isEmpty { throw whole.wrong("nodes", "an empty list", "at least one node") }
        var places = TextPlaces(of: bytes, file: file)
        var named: [(member: GraphMember, name: String, place: SourceLocation)] = []
        var numbers: [String: Int] = [:]
        for (number, item) in items.enumerated() {
            let (place, name) = (places.place(of: item.offset), try name(of: item, at: number))
            let member = GraphMember(reader: self, subject: "node \"\(name)\"", json: item)
            if let first = numbers[name] {
                throw .duplicate(
                    place, of: member.subject, what: "there is another of this name", first: named[first].place)
            }
            numbers[name] = number
            named.append((member, name, place))
        }
        var nodes: [GraphConfiguration.Node] = []
        var bound: [String: SourceLocation] = [:]
        for (member, name, place) in named {
            let body = try GraphNodeReader(member: member, numbers: numbers, number: nodes.count).body()
            if let source = Self.source(body) {
                if let first = bound[source] {
                    throw .duplicate(place, of: member.subject, what: "the \(source) is a node already,", first: first)
                }
                bound[source] = place
            }
            nodes.append(
                GraphConfiguration.Node(name: name, body: body, isComponent: try member.isComponent(body), place: place)
            )
        }
        let output = try whole.text("output")
        guard let number = numbers[output] else {
            throw .unknownNode(whole.place("output"), of: "\"output\"", name: output, known: named.map(\.name))
        }
        return GraphConfiguration(nodes: nodes, output: number)
    }

    func place(_ offset: Int) -> SourceLocation {
        var places = TextPlaces(of: bytes, file: file)
        return places.place(of: offset)
    }

    /// A name that hypotheses can write: slices, paths and draws have other characters to themselves.
    private func name(of item: JSONValue, at number: Int) throws(GraphModelError) -> String {
        let member = GraphMember(reader: self, subject: "nodes[\(number)]", json: item)
        _ = try member.members(known: nil)
        let name = try member.text("name")
        let isPlain = name.allSatisfy { $0.isLetter || $0.isNumber || "_.-+^".contains($0) }
        guard !name.isEmpty, isPlain, name != "output" else {
            throw member.wrong("name", "\"\(name)\"", "letters, digits and _ . - + ^, and not \"output\"")
        }
        return name
    }

    /// `column x` or `tensor W`, what a node is bound to.
    private static func source(_ body: GraphConfiguration.Node.Body) -> String? {
        switch body {
        case .column(let name, _, _): "column \"\(name)\""
        case .weight(let name, _): "tensor \"\(name)\""
        case .op: nil
        }
    }

    /// Whether a column or tensor of this name would be taken for one that the program binds.
    static func isReserved(_ name: String) -> Bool { reserved.contains { name.hasPrefix("\($0)/") } }
}
