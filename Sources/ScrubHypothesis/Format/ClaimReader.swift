internal import ScrubCore
internal import Yams

/// Reads claims: `{same: FEATURE, inputs: {NODE: CLAIM}, others: POLICY}`, and by which paths they are reached.
struct ClaimReader {
    /// Claims nested deeper than any model, which would exhaust the stack.
    private static let deepest = 500
    private static let knownOfRoot = ["same", "inputs", "others", "node"]
    private static let known = ["same", "inputs", "others", "paths", "via", "avoiding", "shared", "node"]

    let yaml: YAMLReader
    /// The file's section of named claims.
    var named: [String: Node] = [:]
    /// What was read already.
    private let read = ReadClaims()
    /// Names of the claims being read, outermost first: a name in itself would never end.
    var open: [String] = []

    /// The root claim, at the output unless it says otherwise.
    func root(_ node: Node) throws(HypothesisError) -> Claim {
        if case .sequence(let roots) = node, roots.count > 1 { throw .twoRoots(yaml.place(node), count: roots.count) }
        let root = try claim(node, nodes: [Located("output", yaml.place(node))], depth: 0)
        if let idle = named.filter({ !read.names.contains($0.key) }).min(by: { $0.key < $1.key }) {
            throw .idleClaim(yaml.place(idle.value), name: idle.key)
        }
        return root
    }

    private func claim(_ node: Node, nodes: [Located<String>]?, depth: Int) throws(HypothesisError) -> Claim {
        let owner = depth == 0 ? "interpretation" : nodes?.first?.value ?? "a claim"
        guard depth < Self.deepest else {
            throw .value(
                yaml.place(node), key: owner, found: "claims nested deeper than \(Self.deepest)", expected: "fewer")
        }
        if case .scalar(let scalar) = node, depth > 0, !scalar.string.isEmpty {
            return try namedClaim(scalar.string, at: yaml.place(node), nodes: nodes, depth: depth)
        }
        var claim = Claim(nodes: nodes ?? [], same: Located(.exact, nodes?.first?.location ?? yaml.place(node)))
        var (isAll, isShared) = (Bool?.none, false)
        for (key, value) in try yaml.members(node, of: owner, known: depth == 0 ? Self.knownOfRoot : Self.known) {
            switch key.value {
            case "same": claim.same = try condition(value)
            case "others": claim.others = try policy(value)
            case "paths":
                let text = try yaml.text(value, key: "paths")
                guard ["all", "direct"].contains(text.value) else {
                    throw .value(text.location, key: "paths", found: "\"\(text.value)\"", expected: "all or direct")
                }
                isAll = text.value == "all"
            case "via": claim.route.via = try names(value, key: "via")
            case "avoiding": claim.route.avoiding = try names(value, key: "avoiding")
            case "shared": isShared = try yaml.truth(value, key: "shared")
            case "node": claim.nodes = try nodeNames(value, beside: nodes, depth: depth)
            default:
                claim.inputs = try read.inputs(at: yaml.identity(value)) { () throws(HypothesisError) in
                    try inputs(value, depth: depth + 1)
                }
            }
        }
        guard !claim.nodes.isEmpty else { throw .missing(yaml.place(node), key: "node", of: "a claim in a list") }
        let route = claim.route
        claim.route.scope = isAll ?? !(route.via.isEmpty && route.avoiding.isEmpty) ? .all : .direct
        // A body that is written once and met under several parents keeps its place in the file.
        if isShared { claim.shared = yaml.identity(node).description }
        // An exact root without inputs touches nothing, which is the graver mistake and is named by treeify.
        let isIdle = claim.inputs.isEmpty && (depth > 0 || claim.same.value != .exact)
        if let stated = claim.others, isIdle { throw .idleOthers(stated.location, node: claim.name) }
        return claim
    }

    /// A claim that stands in the file's section of named claims.
    private func namedClaim(
        _ name: String, at place: SourceLocation, nodes: [Located<String>]?, depth: Int
    ) throws(HypothesisError) -> Claim {
        guard let body = named[name] else {
            throw .unknownClaim(place, node: nodes?.first?.value ?? "a claim", name: name, known: named.keys.sorted())
        }
        read.names.insert(name)
        if let start = open.firstIndex(of: name) { throw .cycle(place, names: open[start...] + [name]) }
        var inside = self
        inside.open.append(name)
        return try inside.claim(body, nodes: nodes, depth: depth)
    }

    /// `{NODE: CLAIM}`, or a list of claims that name their nodes.
    private func inputs(_ node: Node, depth: Int) throws(HypothesisError) -> [Claim] {
        var claims: [Claim] = []
        if case .sequence(let items) = node {
            for item in items { claims.append(try claim(item, nodes: nil, depth: depth)) }
        } else {
            for (name, body) in try yaml.members(node, of: "inputs", known: nil) {
                claims.append(try claim(body, nodes: [name], depth: depth))
            }
        }
        return claims
    }

    private func nodeNames(
        _ value: Node, beside stated: [Located<String>]?, depth: Int
    ) throws(HypothesisError) -> [Located<String>] {
        if let stated, depth > 0 {
            throw .value(
                yaml.place(value), key: "node", found: "given twice, here and as \"\(stated[0].value)\"",
                expected: "the name before the claim alone, or a list of claims")
        }
        return try names(value, key: "node")
    }

    private func names(_ node: Node, key: String) throws(HypothesisError) -> [Located<String>] {
        guard case .sequence(let items) = node else { return [try yaml.text(node, key: key)] }
        if items.isEmpty {
            throw .value(yaml.place(node), key: key, found: "an empty list", expected: "a node or a list of nodes")
        }
        var names: [Located<String>] = []
        for item in items { names.append(try yaml.text(item, key: key)) }
        return names
    }

    private func condition(_ node: Node) throws(HypothesisError) -> Located<Condition> {
        let text = try yaml.text(node, key: "same")
        let condition: Condition =
            switch text.value {
            case "exact": .exact
            case "any": .any
            default: .feature(text.value)
            }
        return Located(condition, text.location)
    }

    func policy(_ node: Node) throws(HypothesisError) -> Located<OthersPolicy> {
        let expected = "random, exact, each, {together: NAME} or {same: FEATURE}"
        if case .mapping = node {
            let members = try yaml.members(node, of: "others", known: ["together", "same"])
            guard let (key, value) = members.first, members.count == 1 else {
                throw .value(yaml.place(node), key: "others", found: "\(members.count) members", expected: expected)
            }
            let text = try yaml.text(value, key: key.value)
            return Located(key.value == "together" ? .together(text.value) : .same(text.value), text.location)
        }
        guard case .scalar(let scalar) = node,
            let policy = ["random": OthersPolicy.random, "exact": .exact, "each": .each][scalar.string]
        else { throw .value(yaml.place(node), key: "others", found: yaml.describe(node), expected: expected) }
        return Located(policy, yaml.place(node))
    }
}

/// What a reader has met: which names, and the inputs of each body, so that one that stands under many parents, or is an
/// alias of an alias, is read once.
private final class ReadClaims {
    var names: Set<String> = []
    private var inputs: [SourceLocation: [Claim]] = [:]

    func inputs(
        at place: SourceLocation, _ read: () throws(HypothesisError) -> [Claim]
    ) throws(HypothesisError) -> [Claim] {
        if place.line != nil, let known = inputs[place] { return known }
        let claims = try read()
        inputs[place] = claims
        return claims
    }
}
