import ScrubHypothesis

extension Claim {
    /// This tree with one claim less, by every claim below the root; what lies under it goes too.
    var droppingOne: [Claim] {
        inputs.indices.map { index in replacingInput(index, by: []) }
            + inputs.indices.flatMap { index in inputs[index].droppingOne.map { replacingInput(index, by: [$0]) } }
    }

    /// This tree with one condition or policy replaced by a plainer one.
    var plainerByOne: [Claim] {
        let rank: (Condition) -> Int = { $0 == .exact ? 0 : $0 == .any ? 1 : $0 == .feature("c0") ? 2 : 3 }
        let policyRank: (OthersPolicy) -> Int = {
            $0 == .random ? 0 : $0 == .exact ? 1 : $0 == .each ? 2 : $0 == .same("c0") ? 3 : 4
        }
        let conditions: [Condition] = [.exact, .any, .feature("c0")]
        let policies: [OthersPolicy] = [.random, .exact, .each, .same("c0")]
        var plainer: [Claim] = []
        for condition in conditions.prefix(rank(same.value)) {
            plainer.append(Claim(node.value, condition, inputs, others: others.value))
        }
        for policy in policies.prefix(policyRank(others.value)) {
            plainer.append(Claim(node.value, same.value, inputs, others: policy))
        }
        return plainer
            + inputs.indices.flatMap { index in inputs[index].plainerByOne.map { replacingInput(index, by: [$0]) } }
    }

    /// This tree with one claim below the root moved to a lower component, where no sibling is.
    var movingOne: [Claim] {
        let components = ["embed", "a0.h0", "m0"]
        return inputs.indices.flatMap { index -> [Claim] in
            let child = inputs[index]
            let lower = components.prefix { $0 != child.node.value }.filter { name in
                !inputs.contains { $0.node.value == name }
            }
            let moved = lower.map { Claim($0, child.same.value, child.inputs, others: child.others.value) }
            return (moved + child.movingOne).map { replacingInput(index, by: [$0]) }
        }
    }

    private func replacingInput(_ index: Int, by others: [Claim]) -> Claim {
        var claim = self
        claim.inputs.replaceSubrange(index...index, with: others)
        return claim
    }
}
