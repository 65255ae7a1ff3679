import ScrubHypothesis
import Testing

/// The generator meets what the format can say: a judge of cases that never vary judges nothing.
@Suite struct CoverageTests {
    /// Features of the 500 judged cases, with how many have each.
    private var counts: [String: Int] {
        var counts: [String: Int] = [:]
        for seed in UInt64(0)..<500 {
            let judged = JudgeCase.random(seed)
            for feature in judged.features { counts[feature, default: 0] += 1 }
        }
        return counts
    }

    @Test func everythingIsMet() {
        let counts = counts
        let wanted = [
            "exact", "any", "feature", "others random", "others exact", "others each", "others together", "others same",
            "one name twice", "depth 2", "depth 3", "on embed", "on tokens", "on mask", "on heads", "on MLPs",
            "on input",
            "on norm", "on q", "on k", "on v", "on z", "on pre", "on post", "below a part", "each with a part claimed",
            "cross_entropy", "binary_cross_entropy", "squared_error", "against the model", "against a column", "masked",
            "shifted", "at last", "at all", "at a list", "weighted rows", "fewer rows", "padding", "no padding",
            "causal", "bidirectional", "attention only", "MLPs", "biases", "norm LN", "norm LNPre", "norm null",
            "relu", "gelu", "gelu_new", "1 layers", "2 layers", "3 layers", "one logit",
        ]
        for feature in wanted {
            #expect(counts[feature, default: 0] >= 20, "\(feature): \(counts[feature, default: 0])")
        }
    }

    /// Of the plans compared there is one that could not hoist for want of memory, where that differs.
    @Test func littleMemoryIsMet() throws {
        let counts = try (UInt64(0)..<40).map { seed in
            try withTemporaryFolder { try Scrubbed(.random(seed), in: $0).plans().count }
        }
        #expect(counts.count { $0 == 3 } >= 10, "\(counts)")
    }
}

extension JudgeCase {
    fileprivate var features: Set<String> {
        var found: Set<String> = []
        visit(hypothesis.interpretation, depth: 0, &found)
        let names = claims.compactMap { claim in
            if case .together(let name) = claim.others.value, !claim.inputs.isEmpty { name } else { nil }
        }
        if Set(names).count < names.count { found.insert("one name twice") }

        let statement = hypothesis.behaviour
        found.insert(statement.loss.value)
        if statement.loss.value == "squared_error" {
            found.insert(statement.label.value == "model" ? "against the model" : "against a column")
        }
        if statement.mask != nil { found.insert("masked") }
        if statement.shift > 0 { found.insert("shifted") }
        switch statement.positions.value {
        case .last: found.insert("at last")
        case .all: found.insert("at all")
        case .list: found.insert("at a list")
        }
        if hypothesis.data.weight != nil { found.insert("weighted rows") }
        if hypothesis.data.condition != nil { found.insert("fewer rows") }

        found.formUnion([
            model.pad == nil ? "no padding" : "padding", model.isCausal ? "causal" : "bidirectional",
            model.neurons == nil ? "attention only" : "MLPs", "norm \(model.norm.rawValue.filter { $0 != "\"" })",
            model.activation, "\(model.layers) layers",
        ])
        if model.hasBiases { found.insert("biases") }
        if model.outputs == 1 { found.insert("one logit") }
        return found
    }

    private func visit(_ claim: Claim, depth: Int, _ found: inout Set<String>) {
        switch claim.same.value {
        case .exact: found.insert("exact")
        case .any: found.insert("any")
        case .feature: found.insert("feature")
        }
        found.insert("depth \(depth)")
        let name = claim.node.value
        found.insert("on \(name.split(separator: ".").last ?? "")")
        if name.split(separator: ".").last?.first == "h" { found.insert("on heads") }
        if name.first == "m", name != "mask" { found.insert("on MLPs") }
        if claim.inputs.isEmpty { return }

        let policy = claim.others.value
        found.insert("others \(policy.description.prefix { $0 != ":" })")
        let parts = ["input", "norm", "q", "k", "v", "z", "pre", "post"]
        func isPart(_ claim: Claim) -> Bool {
            parts.contains { claim.node.value.split(separator: ".").last ?? "" == $0 }
        }
        if isPart(claim) { found.insert("below a part") }
        if policy == .each, claim.inputs.contains(where: isPart) { found.insert("each with a part claimed") }
        for child in claim.inputs { visit(child, depth: depth + 1, &found) }
    }
}
