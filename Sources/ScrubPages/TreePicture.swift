internal import ScrubCore
internal import ScrubExperiment
internal import ScrubStatistics

/// The claims of a hypothesis as a drawing: boxes of which those with one colour have one datum.
struct TreePicture {
    let tree: ClaimTree
    let layout: TreeLayout
    /// What each claim contributes, by its number in the tree; empty where nobody asked.
    let attribution: [ClaimAttribution]

    static let boxHeight = 36.0
    private static let margin = 12.0
    private static let mostLetters = 36

    private static func shown(_ node: ClaimTree.Node) -> (name: String, draw: String) {
        (node.name.shortened(to: mostLetters), node.draw.shortened(to: mostLetters + 6))
    }

    /// Wide enough for its two lines in any common font.
    static func width(_ node: ClaimTree.Node) -> Double {
        let (name, draw) = shown(node)
        return (20 + max(7.6 * Double(name.count), 6 * Double(draw.count))).rounded()
    }

    var svg: String {
        let (width, height) = (layout.width + 2 * Self.margin, layout.height + 2 * Self.margin)
        let isPale = Set(tree.nodes.filter(\.isOthers).map(\.id))
        let links = layout.curves.map { curve in
            element("path", ["class": isPale.contains(curve.to) ? "link pale" : "link", "d": path(curve)])
        }
        let said = "\(tree.nodes.count { !$0.isOthers }.counted("claim")), from the output at the left"
        return element(
            "svg",
            [
                "width": width.coordinate, "height": height.coordinate,
                "viewBox": "0 0 \(width.coordinate) \(height.coordinate)", "role": "group", "aria-label": said,
            ],
            links.joined() + tree.nodes.map(box).joined())
    }

    private func path(_ curve: TreeLayout.Curve) -> String {
        guard let first = curve.points.first else { return "M0 0" }
        func text(_ point: TreeLayout.Box) -> String {
            "\((point.x + Self.margin).rounded().coordinate) \((point.y + Self.margin).rounded().coordinate)"
        }
        return "M\(text(first))C\(curve.points.dropFirst().map(text).joined(separator: " "))"
    }

    private func box(_ node: ClaimTree.Node) -> String {
        guard let centre = layout.boxes[node.id] else { return "" }
        let (width, name, draw) = (Self.width(node), Self.shown(node).name, Self.shown(node).draw)
        let (x, y) = (centre.x + Self.margin - width / 2, centre.y + Self.margin - Self.boxHeight / 2)
        func rectangle(_ shift: Double) -> String {
            element(
                "rect",
                [
                    "x": (x + shift).coordinate, "y": (y + shift).coordinate, "width": width.coordinate,
                    "height": Self.boxHeight.coordinate,
                ])
        }
        func text(_ style: String, _ line: Double, _ text: String) -> String {
            element(
                "text", ["class": style, "x": (x + width / 2).coordinate, "y": (y + line).coordinate], text.escaped)
        }
        // Several claims, one behind the other.
        return element(
            "g",
            [
                "class": node.isOthers ? "claim others" : "claim", "style": "--h:\(node.hue)", "tabindex": "0",
                "role": "img",
            ],
            element("title", [:], about(node).joined(separator: "\n").escaped) + (node.isSeveral ? rectangle(3) : "")
                + rectangle(0) + text("name", 15, name) + text("draw", 28, draw))
    }

    private func about(_ node: ClaimTree.Node) -> [String] {
        guard let claim = node.claim, claim > 0, claim <= attribution.count else { return node.about }
        let own = attribution[claim - 1]
        let changes = [("made exact", own.exact), ("made unconditional", own.unconditional)].compactMap {
            name, change in
            change.map { change in
                if let recovered = change.recovered {
                    return "\(name): \(Numerals.points(recovered.mean)) points recovered"
                }
                return "\(name): scrubbed mean changes by \(Numerals.number(change.difference.mean))"
            }
        }
        let whose = node.isSeveral && !changes.isEmpty ? ["of \(own.claim), the first of them:"] : []
        return node.about + whose + changes
    }
}
