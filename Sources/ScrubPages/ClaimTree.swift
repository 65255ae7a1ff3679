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
            if let (id, rest) = Self.head(statement) {
                if let label = rest.after(" [label=<") {
                    guard label.hasSuffix("]"), label.contains(Self.colour) else { continue }
                    if let node = Self.node(id, label) { nodes.append(node) }
                } else if let below = rest.after(" -> ") {
                    links.append(Link(from: id, to: String(below.prefix { $0.isLetter || $0.isNumber })))
                }
            }
            statement = ""
        }
        let known = Set(nodes.map(\.id))
        guard !nodes.isEmpty, known.count == nodes.count else { return nil }
        self.nodes = nodes
        self.links = links.filter { known.contains($0.from) && known.contains($0.to) }
    }

    private static let (about, colour) = ("</font>>, tooltip=\"", "\", fillcolor=\"")

    /// What a statement is of, such as `c3`, and the rest of it.
    private static func head(_ statement: String) -> (id: String, rest: Substring)? {
        let text = statement.drop { $0 == " " }
        guard let first = text.first, first == "c" || first == "o" else { return nil }
        let number = text.dropFirst().prefix { $0.isASCII && $0.isNumber }
        return number.isEmpty ? nil : ("\(first)\(number)", text[number.endIndex...])
    }

    private static func node(_ id: String, _ statement: Substring) -> Node? {
        guard let start = statement.range(of: about),
            let end = statement.range(of: colour, range: start.upperBound..<statement.endIndex),
            case let label = statement[..<start.lowerBound], let line = label.range(of: "<br/><font "),
            let draw = label.range(of: ">", range: line.upperBound..<label.endIndex)
        else { return nil }
        let name = label[..<line.lowerBound]
        let bold = name.after("<b>").map { $0.dropLast("</b>".count) }
        let hue = statement[end.upperBound...].prefix { $0 != " " && $0 != "\"" }
        return Node(
            id: id, name: plain(bold ?? name), draw: plain(label[draw.upperBound...]),
            about: unquoted(statement[start.upperBound..<end.lowerBound]).split(separator: "\n").map(String.init),
            hue: degrees(hue),
            isSeveral: statement[end.upperBound...].contains("peripheries=2"))
    }

    /// - Parameter share: of the circle, from 0 to 1.
    private static func degrees(_ share: Substring) -> Int {
        guard let share = Double(share), (0...1).contains(share) else { return 0 }
        return Int((share * 360).rounded()) % 360
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

extension Substring {
    /// What stands behind a prefix; nil without it.
    fileprivate func after(_ prefix: String) -> Substring? { hasPrefix(prefix) ? dropFirst(prefix.count) : nil }
}
