internal import ScrubCore
internal import ScrubGraph
internal import ScrubOps

/// A node as a claim names it: `a1.h0`, `input[1]`, `a1.h[5,6]`, `a1.h[0,1][3]`, `pattern[previous]`.
struct NodeReference {
    /// Nodes by name, several for a group of heads.
    var nodes: [Int]
    /// The text in brackets behind them.
    var slice: String?
    /// Whether a group of heads is one claim for each.
    var isEachHead = false

    /// Finds what `name` means below `parent`.
    init(_ name: Located<String>, below parent: Int, in graph: Graph) throws(HypothesisError) {
        let text = name.value
        var (base, brackets) = (graph.withoutBatch(text), [String]())
        while true {
            if let node = graph.resolve(base, below: parent) {
                nodes = [node]
                break
            }
            nodes = graph.group(of: base)
            if !nodes.isEmpty { break }
            if let layer = Self.layer(base), graph.number(of: "\(layer).h0") != nil {
                let heads = graph.heads(of: layer)
                nodes = heads
                if !brackets.isEmpty {
                    let chosen = brackets.removeFirst().filter { !$0.isWhitespace }
                    if chosen == "*" {
                        isEachHead = true
                    } else if let list = Selection.numbers(chosen, count: heads.count) {
                        nodes = list.map { heads[$0] }
                    } else {
                        throw .slice(
                            name.location, node: text, text: chosen,
                            expected: "heads of \(layer), 0 to \(heads.count - 1)")
                    }
                }
                break
            }
            guard base.hasSuffix("]"), let bracket = base.lastIndex(of: "["), bracket > base.startIndex else {
                throw graph.unknown(name, hook: base, below: parent)
            }
            brackets.insert(String(base[base.index(after: bracket)...].dropLast()), at: 0)
            base = String(base[..<bracket])
        }
        if let index = brackets.first(where: { $0.hasPrefix(":,") }) {
            throw .slice(
                name.location, node: text, text: index,
                expected: "batch, position and head of the hook, such as [:, 3] or [:, :, 0]")
        }
        guard brackets.count <= 1 else {
            throw .slice(
                name.location, node: text, text: brackets.joined(separator: "]["), expected: "one slice, in one bracket"
            )
        }
        slice = brackets.first
    }

    /// The layer of heads that `name` stands for: `a1` or `a1.h`.
    private static func layer(_ name: String) -> String? {
        let layer = name.hasSuffix(".h") ? String(name.dropLast(2)) : name
        return layer.first == "a" && layer.count > 1 && layer.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
            ? layer : nil
    }

    /// The slice of `node` meant; `each` for `[*]`.
    func selection(of node: Int, _ name: Located<String>, in graph: Graph) throws(HypothesisError) -> Selection {
        guard let slice else { return .some(.whole) }
        guard let count = graph.positions(of: node) else {
            throw .slice(
                name.location, node: name.value, text: slice,
                expected: "no slice, since \"\(graph.nodes[node].name)\" has no positions")
        }
        let sources = graph.nodes[node].type.shape.count(of: .source)
        if let selection = Selection(slice, count: count, sources: sources) { return selection }
        let extra = sources == nil ? "" : ", previous, current, or source and source positions"
        throw .slice(
            name.location, node: name.value, text: slice,
            expected: "positions from 0 to \(count - 1), such as 0, 2:5 or *\(extra)")
    }
}

extension Graph {
    /// The heads of a layer, in order.
    fileprivate func heads(of layer: String) -> [Int] {
        var heads: [Int] = []
        while let head = number(of: "\(layer).h\(heads.count)") { heads.append(head) }
        return heads
    }

    /// Reads `hook[:, 3, 0]`, an activation indexed behind its batch axis, as a name with a slice: `hook[:,:,0][3]`.
    fileprivate func withoutBatch(_ text: String) -> String {
        // Names without a colon are most; to match an expression takes far longer than to look for one.
        guard text.utf8.contains(UInt8(ascii: ":")), let bracket = text.firstRange(of: /\[\s*:\s*,/),
            let end = text[bracket.upperBound...].firstIndex(of: "]")
        else { return text }
        let (hook, slice) = (text[..<bracket.lowerBound], text[text.index(after: end)...])
        let index = text[bracket.upperBound..<end].filter { !$0.isWhitespace }
            .split(separator: ",", omittingEmptySubsequences: false)
        let plain = "\(hook)[:,\(index.joined(separator: ","))]"
        if !group(of: plain).isEmpty { return plain + slice }
        for place in index.indices where index[place] != ":" {
            let rest = index.indices.map { $0 == place ? ":" : index[$0] }.reversed().drop { $0 == ":" }.reversed()
            let whole = rest.isEmpty ? "\(hook)" : "\(hook)[:,\(rest.joined(separator: ","))]"
            // Without a head, the position is next to the batch; further on are neurons.
            if !group(of: whole).isEmpty, !rest.isEmpty || place == 0 { return "\(whole)[\(index[place])]\(slice)" }
        }
        return plain + slice
    }

    fileprivate func unknown(_ name: Located<String>, hook: String, below parent: Int) -> HypothesisError {
        let parts = parts(of: parent)
        let inside = "parts of \"\(nodes[parent].name)\" are \(parts.joined(separator: ", "))"
        // Hooks' names are many: they are proposed to those who wrote one.
        let known = claimableNames + parts + (name.value.contains("hook") ? aliasNames : [])
        return .unknownNode(
            name.location, name: name.value, perhaps: hints(for: hook) ?? suggestions(for: name.value, among: known),
            exist: parts.isEmpty ? inventory : "\(inside); \(inventory)")
    }

    /// What a path calls a node below a claim on `parent`: a part of the parent's component by the part's name, any
    /// other node by its own.
    func pathName(of node: Int, below parent: Int) -> String {
        func owner(_ node: Int) -> String {
            let name = nodes[node].name
            guard !nodes[node].isComponent, let dot = name.lastIndex(of: ".") else { return name }
            return String(name[..<dot])
        }
        let name = nodes[node].name
        guard !nodes[node].isComponent, owner(node) == owner(parent) else { return name }
        return String(name[name.index(after: name.lastIndex(of: ".") ?? name.startIndex)...])
    }

    /// What a claim below `node` may call the wiring inside it.
    private func parts(of node: Int) -> [String] {
        reachedThroughWiring(from: node).filter { !nodes[$0].isComponent }.map { pathName(of: $0, below: node) }
    }
}
