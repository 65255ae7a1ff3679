internal import ScrubCore
internal import Yams

/// Reads claims: `{same: FEATURE, inputs: {NODE: CLAIM}, others: POLICY}`.
struct ClaimReader {
    /// Claims nested deeper than any model, which would exhaust the stack.
    private static let deepest = 500

    let yaml: YAMLReader
    /// The policy of claims that state none.
    var others = OthersPolicy.random

    func claim(_ node: Node, node name: Located<String>, depth: Int = 0) throws(HypothesisError) -> Claim {
        guard depth < Self.deepest else {
            throw .value(
                yaml.place(node), key: name.value, found: "claims nested deeper than \(Self.deepest)", expected: "fewer"
            )
        }
        var claim = Claim(
            node: name, same: Located(.exact, name.location), inputs: [], others: Located(others, name.location))
        var stated: SourceLocation?
        for (key, value) in try yaml.members(
            node, of: depth == 0 ? "interpretation" : name.value, known: ["same", "inputs", "others"])
        {
            switch key.value {
            case "same": claim.same = try condition(value)
            case "others":
                claim.others = try policy(value)
                stated = claim.others.location
            default:
                for (child, body) in try yaml.members(value, of: "inputs", known: nil) {
                    claim.inputs.append(try self.claim(body, node: child, depth: depth + 1))
                }
            }
        }
        // An exact root without inputs touches nothing, which is the graver mistake and is named by treeify.
        let isIdle = claim.inputs.isEmpty && (depth > 0 || claim.same.value != .exact)
        if let stated, isIdle { throw .idleOthers(stated, node: name.value) }
        return claim
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
