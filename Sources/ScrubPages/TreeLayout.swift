internal import Foundation

/// Where the claims of a tree lie, in units of the drawing, from its upper left corner.
struct TreeLayout: Hashable {
    struct Box: Hashable {
        let x: Double
        let y: Double
    }

    struct Curve: Hashable {
        let from: String
        let to: String
        /// The ends and handles of Bézier curves, one after another.
        let points: [Box]
    }

    let width: Double
    let height: Double
    /// Centres, by claim.
    let boxes: [String: Box]
    let curves: [Curve]

    /// Graphviz counts in inches of 72.
    private static let inch = 72.0

    /// The trees as graphs of boxes for Graphviz, one after another. No text of the user's is in them.
    static func request(_ trees: [ClaimTree]) -> String {
        func inches(_ length: Double) -> String { "\((length / inch * 1000).rounded() / 1000)" }
        return trees.map { tree in
            let boxes = tree.nodes.map { node in
                "\(node.id) [width=\(inches(TreePicture.width(node))), height=\(inches(TreePicture.boxHeight))]\n"
            }
            let links = tree.links.map { "\($0.from) -> \($0.to)\n" }
            return
                "digraph { graph [rankdir=LR, ranksep=0.5, nodesep=0.12] node [shape=box, fixedsize=true, label=\"\"] "
                + "edge [dir=none]\n\(boxes.joined())\(links.joined())}\n"
        }.joined()
    }

    /// - Parameter plain: what Graphviz answers in its format `plain`.
    /// - Returns: a layout a graph, in order.
    static func layouts(plain: String) -> [TreeLayout] {
        var layouts: [TreeLayout] = []
        var (width, height) = (0.0, 0.0)
        var (boxes, curves): ([String: Box], [Curve]) = ([:], [])
        for line in plain.split(separator: "\n") {
            let words = line.split(separator: " ")
            func number(_ place: Int) -> Double { (place < words.count ? Double(words[place]) ?? 0 : 0) * inch }
            func box(_ place: Int) -> Box { Box(x: number(place), y: height - number(place + 1)) }
            switch words.first {
            case "graph": (width, height, boxes, curves) = (number(2), number(3), [:], [])
            case "node" where words.count > 3: boxes[String(words[1])] = box(2)
            case "edge" where words.count > 3:
                let count = Int(words[3]) ?? 0
                guard count >= 0, words.count >= 4 + 2 * count else { continue }
                curves.append(
                    Curve(
                        from: String(words[1]), to: String(words[2]), points: (0..<count).map { box(4 + 2 * $0) }))
            case "stop": layouts.append(TreeLayout(width: width, height: height, boxes: boxes, curves: curves))
            default: continue
            }
        }
        return layouts
    }
}
