public import ScrubGraph
internal import ScrubPlan

extension ScrubTree {
    /// The tree of claims as a graph in Graphviz's language. What has one colour has one datum; other inputs are pale.
    ///
    /// - Parameters:
    ///   - graph: the graph that the tree is bound to.
    ///   - title: what stands below.
    ///   - classes: by feature text, its classes on D.
    public func dot(on graph: Graph, title: String, classes: [String: ClassSizes] = [:]) -> String {
        var drawing = DOTDrawing(tree: self)
        drawing.add(picture(on: graph, classes: classes, fold: 13))
        return """
            digraph claims {
              graph [rankdir=LR, ranksep=0.6, nodesep=0.14, pad=0.3, fontname="Helvetica", fontsize=11,
                     fontcolor="#777777", labelloc=b, labeljust=l, label=<\(title.asMarkup)<br/>one colour, one datum; dashed: \
            the inputs that no claim claims>]
              node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=12, margin="0.16,0.07", height=0.3]
              edge [dir=back, arrowsize=0.6, color="#888888"]

            \(drawing.lines.map { "  \($0)\n" }.joined())}

            """
    }
}

private struct DOTDrawing {
    let tree: ScrubTree
    var lines: [String] = []
    /// By table, the number of its colour: in order of appearance, so that neighbours differ most.
    private var colours: [Int: Int] = [:]

    init(tree: ScrubTree) { self.tree = tree }

    /// Adds a picture and what is below it; returns its node.
    @discardableResult
    mutating func add(_ picture: ClaimPicture) -> String {
        let node = "\(picture.role == .others ? "o" : "c")\(picture.claims.first ?? 0)"
        if picture.role == .again { return node }
        lines.append("\(node) [\(attributes(picture))]")
        for child in picture.children {
            let below = add(child)
            lines.append("\(node) -> \(below)\(child.role == .others ? " [style=dashed, color=\"#BBBBBB\"]" : "")")
        }
        return node
    }

    private mutating func attributes(_ picture: ClaimPicture) -> String {
        let isMuted = picture.role == .others
        let hue = hue(of: picture.tables.first ?? 0)
        let small = "<font point-size=\"9\" color=\"\(isMuted ? "#999999" : "#555555")\">"
        let name = isMuted ? picture.name.asMarkup : "<b>\(picture.name.asMarkup)</b>"
        let keys = picture.tables.map { tree.tables[$0].key }
        let key = keys.count > 2 ? "\(keys[0]) to \(keys[keys.count - 1])" : keys.joined(separator: ", ")
        let about =
            ["\(picture.name): \(picture.draw)", "datum \(picture.datum), drawn as \(key)"]
            + (picture.classes.map { ["\($0)"] } ?? [])
        var attributes = [
            "label=<\(name)<br/>\(small)\(picture.datum) \(picture.draw.asMarkup)</font>>",
            "tooltip=\"\(about.joined(separator: "\n").asQuoted)\"",
            "fillcolor=\"\(hue) \(isMuted ? "0.04 0.99" : "0.22 0.98")\"",
            "color=\"\(hue) \(isMuted ? "0.10 0.75" : "0.55 0.65")\"",
        ]
        // Several claims, one behind the other.
        if picture.claims.count > 1 { attributes.append("peripheries=2") }
        if isMuted { attributes += ["style=\"rounded,filled,dashed\"", "fontcolor=\"#999999\"", "fontsize=10"] }
        return attributes.joined(separator: ", ")
    }

    /// Hues that are far apart however many there are: steps of the golden section around the circle.
    private mutating func hue(of table: Int) -> String {
        let number = colours[table, default: colours.count]
        colours[table] = number
        let thousandths = (570 + 618 * number) % 1000
        return "0.\(String(repeating: "0", count: 3 - "\(thousandths)".count))\(thousandths)"
    }
}

extension String {
    fileprivate var asMarkup: String {
        replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    fileprivate var asQuoted: String {
        replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
