import ScrubHypothesis

extension Claim {
    /// This tree with one claim less, by every claim below the root; what lies under it goes too.
    var droppingOne: [Claim] {
        inputs.indices.map { index in replacingInput(index, by: []) }
            + inputs.indices.flatMap { index in inputs[index].droppingOne.map { replacingInput(index, by: [$0]) } }
    }

    /// This tree with one claim plainer by one step: its condition, its policy, its route, its nodes.
    var plainerByOne: [Claim] {
        plainer + inputs.indices.flatMap { index in inputs[index].plainerByOne.map { replacingInput(index, by: [$0]) } }
    }

    /// This tree with one claim below the root moved to a lower component, where no sibling is.
    var movingOne: [Claim] {
        let components = ["embed", "a0.h0", "m0"]
        return inputs.indices.flatMap { index -> [Claim] in
            let child = inputs[index]
            let lower = components.prefix { $0 != child.nodes[0].value }.filter { name in
                !inputs.contains { $0.nodes[0].value == name }
            }
            let moved = lower.map { name in child.with { $0.nodes = [Located(name)] } }
            return (moved + child.movingOne).map { replacingInput(index, by: [$0]) }
        }
    }

    private var plainer: [Claim] {
        let rank: (Condition) -> Int = { $0 == .exact ? 0 : $0 == .any ? 1 : $0 == .feature("c0") ? 2 : 3 }
        let policyRank: (OthersPolicy) -> Int = {
            $0 == .random ? 0 : $0 == .exact ? 1 : $0 == .each ? 2 : $0 == .same("c0") ? 3 : 4
        }
        let conditions: [Condition] = [.exact, .any, .feature("c0")]
        let policies: [OthersPolicy] = [.random, .exact, .each, .same("c0")]
        var plainer: [Claim] = []
        if shared != nil { plainer.append(with { $0.shared = nil }) }
        for condition in conditions.prefix(rank(same.value)) { plainer.append(with { $0.same = Located(condition) }) }
        if let others {
            plainer.append(with { $0.others = nil })
            for policy in policies.prefix(policyRank(others.value)) {
                plainer.append(with { $0.others = Located(policy) })
            }
        }
        return plainer + plainerRoutes + plainerNodes
    }

    private var plainerRoutes: [Claim] {
        var plainer: [Claim] = []
        if route != .direct { plainer.append(with { $0.route = .direct }) }
        if route.scope == .all { plainer.append(with { $0.route.scope = .direct }) }
        for index in route.via.indices {
            plainer.append(with { $0.route.via.remove(at: index) })
            if let whole = route.via[index].withoutSlice { plainer.append(with { $0.route.via[index] = whole }) }
        }
        for index in route.avoiding.indices {
            plainer.append(with { $0.route.avoiding.remove(at: index) })
            if let whole = route.avoiding[index].withoutSlice {
                plainer.append(with { $0.route.avoiding[index] = whole })
            }
        }
        return plainer
    }

    private var plainerNodes: [Claim] {
        var plainer: [Claim] = []
        for index in nodes.indices {
            if nodes.count > 1 { plainer.append(with { $0.nodes.remove(at: index) }) }
            if let whole = nodes[index].withoutSlice { plainer.append(with { $0.nodes[index] = whole }) }
            if nodes[index].value.contains("[*]") {
                let first = Located(nodes[index].value.replacing("[*]", with: "[0]"))
                plainer.append(numbered(0).with { $0.nodes[index] = first })
            }
        }
        return plainer
    }

    private func with(_ change: (inout Claim) -> Void) -> Claim {
        var changed = self
        change(&changed)
        return changed
    }

    private func replacingInput(_ index: Int, by others: [Claim]) -> Claim {
        var claim = self
        claim.inputs.replaceSubrange(index...index, with: others)
        // A claim without inputs has no others to state.
        if claim.inputs.isEmpty { claim.others = nil }
        return claim
    }
}

extension Located<String> {
    /// The name without its last bracket; nil where it has none.
    fileprivate var withoutSlice: Located<String>? {
        value.lastIndex(of: "[").map { Located(String(value[..<$0])) }
    }
}
