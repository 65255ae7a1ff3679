internal import Foundation

/// A treeified hypothesis as it is drawn: claims, and the inputs that no claim claims, with what each reads.
///
/// It is read from Graphviz's language, in the form in which the tree of an experiment is written.
struct ClaimTree: Hashable {
    struct Node: Hashable {
        /// `c3` for the tree's claim 3, `o3` for its other inputs.
        let id: String
        let name: String
        /// `#2 same horizon as #0`.
        let draw: String
        /// What is said of it besides: the draw's key, the sizes of its classes.
        let about: [String]
        /// Degrees around the circle of colours; what is drawn together has one hue.
        let hue: Int
        let isSeveral: Bool

        var isOthers: Bool { id.hasPrefix("o") }
        /// The number of the claim.
        var claim: Int? { isOthers ? nil : Int(id.dropFirst()) }
    }

    struct Link: Hashable {
        let from: String
        let to: String
    }

    let nodes: [Node]
    let links: [Link]

    /// - Returns: nil where the text has no claim in that form.
    init?(dot: String) {
        var (nodes, links): ([Node], [Link]) = ([], [])
        var statement = ""
        for line in dot.split(separator: "\n", omittingEmptySubsequences: false) {
            // A feature may have been written over several lines.
            statement = statement.isEmpty ? String(line) : "\(statement)\n\(line)"
            if Self.isOpen(statement) { continue }
            if let node = Self.node(statement) {
                nodes.append(node)
            } else if let link = statement.firstMatch(of: /^\s*([co]\d+) -> ([co]\d+)/) {
                links.append(Link(from: String(link.1), to: String(link.2)))
            }
            statement = ""
        }
        let known = Set(nodes.map(\.id))
        guard !nodes.isEmpty, known.count == nodes.count else { return nil }
        self.nodes = nodes
        self.links = links.filter { known.contains($0.from) && known.contains($0.to) }
    }

    private static let (about, colour) = ("</font>>, tooltip=\"", "\", fillcolor=\"")

    private static func isOpen(_ statement: String) -> Bool {
        statement.contains(/^\s*[co]\d+ \[label=</) && !(statement.contains(colour) && statement.hasSuffix("]"))
    }

    private static func node(_ statement: String) -> Node? {
        guard let head = statement.firstMatch(of: /^\s*([co]\d+) \[label=<(?:<b>)?/),
            let start = statement.range(of: about),
            let end = statement.range(of: colour, range: start.upperBound..<statement.endIndex)
        else { return nil }
        let label = statement[head.range.upperBound..<start.lowerBound]
        guard let name = label.firstMatch(of: /^(.*?)(?:<\/b>)?<br\/><font [^>]*>/.dotMatchesNewlines()) else { return nil }
        let hue = statement[end.upperBound...].prefix { $0 != " " && $0 != "\"" }
        return Node(
            id: String(head.1), name: plain(name.1), draw: plain(label[name.range.upperBound...]),
            about: unquoted(statement[start.upperBound..<end.lowerBound]).split(separator: "\n").map(String.init),
            hue: Int(((Double(hue) ?? 0) * 360).rounded()) % 360,
            isSeveral: statement[end.upperBound...].contains("peripheries=2"))
    }

    private static func plain(_ markup: Substring) -> String {
        String(markup).replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    }

    private static func unquoted(_ text: Substring) -> String {
        var (plain, isEscaped) = ("", false)
        for character in text {
            if isEscaped {
                plain.append(character == "n" ? "\n" : character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                plain.append(character)
            }
        }
        return plain
    }

    /// The claims that nothing reads: the output's alone.
    private var roots: [Node] {
        let read = Set(links.map(\.to))
        return nodes.filter { !read.contains($0.id) }
    }

    /// As a nested list, for want of a drawing.
    var list: String {
        let byID = Dictionary(nodes.map { ($0.id, $0) }) { first, _ in first }
        let below = Dictionary(grouping: links, by: \.from)
        var shown: Set<String> = []
        func item(_ node: Node) -> String {
            let sizes = node.about.dropFirst(2).map { ", \($0)" }.joined()
            let said = element("strong", [:], node.name.escaped) + " \(node.draw)\(sizes)".escaped
            if !shown.insert(node.id).inserted { return element("li", [:], said + ", as above") }
            return element("li", [:], said + list((below[node.id] ?? []).compactMap { byID[$0.to] }))
        }
        func list(_ nodes: [Node]) -> String {
            nodes.isEmpty ? "" : element("ul", [:], nodes.map(item).joined())
        }
        return list(roots)
    }
}
