public import ScrubGraph
internal import ScrubPlan

extension ScrubTree {
    /// The tree of claims, one line each, with the draw of each one's datum and of its other inputs.
    ///
    /// - Parameters:
    ///   - graph: the graph that the tree is bound to.
    ///   - classes: by feature text, what to print of its classes on D.
    public func text(on graph: Graph, classes: [String: String] = [:]) -> String {
        var lines: [String] = []
        func draw(_ number: Int, _ own: Bool) -> String {
            let table = tables[number]
            guard own else { return number == 0 ? "the reference datum" : "the datum of \(table.key)" }
            guard let feature = table.feature, let parent = table.parent else { return "#\(number), any datum" }
            let about = classes[feature].map { " (\($0))" } ?? ""
            return "#\(number), same \(feature)\(about) as #\(parent)"
        }
        func visit(_ number: Int, _ depth: Int) {
            let claim = claims[number]
            let indent = String(repeating: "  ", count: depth)
            let given = claim.parents.first.map { claims[$0].datum } ?? 0
            let places = claim.places.map(graph.text).joined(separator: ", ")
            lines.append("\(indent)\(places): \(draw(claim.datum, claim.datum != given))")
            for child in claim.children { visit(child, depth + 1) }
            switch claim.others {
            case .none: break
            case .shared(let table):
                lines.append("\(indent)  others: \(draw(table, table != claim.datum))")
            case .each(let drawn):
                for (input, table) in drawn.sorted(by: { $0.key < $1.key })
                where !claim.children.contains(where: { claims[$0].node == input }) {
                    lines.append("\(indent)  other \(graph.nodes[input].name): \(draw(table, true))")
                }
            }
        }
        if !claims.isEmpty { visit(0, 0) }
        return lines.joined(separator: "\n") + "\n"
    }
}
