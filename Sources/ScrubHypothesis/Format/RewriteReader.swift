internal import ScrubCore
internal import Yams

/// Reads the section of rewrites: a list of `{NAME: NODE, ...}`.
struct RewriteReader {
    let yaml: YAMLReader

    /// By the name of a rewrite, what it may say besides.
    private static let known: KeyValuePairs = [
        "project": ["onto", "as"],
        "estimate": ["column", "along", "tokens", "probe", "of", "bias", "as"],
        "split": ["parts"],
        "combine": ["as"],
        "duplicate": [],
        "unbias": ["as"],
        "expand": ["groups"],
        "contract": [],
    ]

    func rewrites(_ node: Node) throws(HypothesisError) -> [Located<RewriteStatement>] {
        guard case .sequence(let items) = node else {
            throw .value(
                yaml.place(node), key: "rewrites", found: yaml.describe(node), expected: "a list, applied in its order")
        }
        var rewrites: [Located<RewriteStatement>] = []
        for item in items { rewrites.append(Located(try rewrite(item), yaml.place(item))) }
        return rewrites
    }

    private func rewrite(_ node: Node) throws(HypothesisError) -> RewriteStatement {
        let names = Self.known.map(\.key)
        let members = try yaml.members(node, of: "a rewrite", known: nil)
        guard let kind = Self.known.first(where: { known in members.contains { $0.key.value == known.key } }) else {
            if let first = members.first { throw .unknownKey(first.key.location, key: first.key.value, known: names) }
            throw .value(
                yaml.place(node), key: "a rewrite", found: "empty", expected: "one of \(names.joined(separator: ", "))")
        }
        var parts: [String: Node] = [:]
        for (key, value) in try yaml.members(node, of: kind.key, known: [kind.key] + kind.value) {
            parts[key.value] = value
        }
        let stated = Members(yaml: yaml, owner: kind.key, place: yaml.place(node), parts: parts)
        let about = try stated.required(kind.key)
        switch kind.key {
        case "project":
            let onto = try tensor(try stated.required("onto"), key: "onto")
            return try statement(.project(onto: onto), about, stated)
        case "estimate": return try statement(try estimate(stated), about, stated)
        case "split": return try statement(.split(parts: try groups(stated, "parts", nodes)), about, stated)
        case "combine":
            let name = try yaml.text(try stated.required("as"), key: "as")
            return RewriteStatement(.combine(try nodes(about, key: "combine")), name)
        case "duplicate": return try statement(.duplicate, about, stated)
        case "unbias": return try statement(.unbias, about, stated)
        case "expand":
            return try statement(
                .expand(
                    groups: try groups(stated, "groups") { (node, key) throws(HypothesisError) in
                        try yaml.text(node, key: key)
                    }), about, stated)
        default: return try statement(.contract, about, stated)
        }
    }

    /// What a rewrite says, by key.
    private struct Members {
        let yaml: YAMLReader
        let owner: String
        let place: SourceLocation
        let parts: [String: Node]

        func required(_ key: String) throws(HypothesisError) -> Node {
            guard let part = parts[key] else { throw .missing(place, key: key, of: owner) }
            return part
        }
    }

    private func statement(
        _ form: RewriteStatement.Form, _ node: Node, _ stated: Members
    ) throws(HypothesisError) -> RewriteStatement {
        var names: [Located<String>]?
        if let node = stated.parts["as"] {
            let read = try nodes(node, key: "as")
            guard read.count == 2 else {
                throw .value(
                    yaml.place(node), key: "as", found: "\(read.count) \(read.count == 1 ? "name" : "names")",
                    expected: "the names of two parts")
            }
            names = read
        }
        return RewriteStatement(form, try yaml.text(node, key: stated.owner), names: names)
    }

    private func estimate(_ stated: Members) throws(HypothesisError) -> RewriteStatement.Form {
        /// The key by which phi is given, and those that go with it.
        let ways: KeyValuePairs = ["column": ["along"], "tokens": [], "probe": ["of", "bias"]]
        guard let way = ways.first(where: { stated.parts[$0.key] != nil }), let body = stated.parts[way.key] else {
            throw .missing(stated.place, key: "column\", \"tokens\" or \"probe", of: "estimate")
        }
        let extra = ["column", "along", "tokens", "probe", "of", "bias"].first {
            stated.parts[$0] != nil && $0 != way.key && !way.value.contains($0)
        }
        if let extra, let node = stated.parts[extra] {
            throw .value(
                yaml.place(node), key: extra, found: "given beside \"\(way.key)\"",
                expected: "one of column, tokens and probe, with what belongs to it")
        }
        switch way.key {
        case "column":
            return .estimateByColumn(
                try yaml.text(body, key: "column"), along: try optionalTensor(stated, "along"))
        case "tokens": return .estimateByTokens(try tensor(body, key: "tokens"))
        default:
            return .estimateByProbe(
                try tensor(body, key: "probe"), of: try yaml.text(try stated.required("of"), key: "of"),
                bias: try optionalTensor(stated, "bias"))
        }
    }

    private func optionalTensor(_ stated: Members, _ key: String) throws(HypothesisError) -> TensorStatement? {
        guard let node = stated.parts[key] else { return nil }
        return try tensor(node, key: key)
    }

    /// `{file: PATH, tensor: NAME}`.
    private func tensor(_ node: Node, key: String) throws(HypothesisError) -> TensorStatement {
        var texts: [String: Located<String>] = [:]
        for (name, value) in try yaml.members(node, of: key, known: ["file", "tensor"]) {
            texts[name.value] = try yaml.text(value, key: name.value)
        }
        guard let file = texts["file"] else { throw .missing(yaml.place(node), key: "file", of: key) }
        guard let tensor = texts["tensor"] else { throw .missing(yaml.place(node), key: "tensor", of: key) }
        return TensorStatement(file: file, tensor: tensor)
    }

    /// One name, or a list of them.
    private func nodes(_ node: Node, key: String) throws(HypothesisError) -> [Located<String>] {
        guard case .sequence(let items) = node else { return [try yaml.text(node, key: key)] }
        var names: [Located<String>] = []
        for item in items { names.append(try yaml.text(item, key: key)) }
        return names
    }

    /// `{NAME: MEMBERS}`.
    private func groups<Member>(
        _ stated: Members, _ key: String, _ read: (Node, String) throws(HypothesisError) -> Member
    ) throws(HypothesisError) -> [RewriteStatement.Group<Member>] {
        let node = try stated.required(key)
        var groups: [RewriteStatement.Group<Member>] = []
        for (name, value) in try yaml.members(node, of: key, known: nil) {
            groups.append(RewriteStatement.Group(name, try read(value, name.value)))
        }
        if groups.isEmpty { throw .value(yaml.place(node), key: key, found: "empty", expected: "named groups") }
        return groups
    }
}
