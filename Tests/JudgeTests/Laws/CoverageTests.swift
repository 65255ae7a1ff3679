import ScrubGraph
import ScrubHypothesis
import ScrubPlanner
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
            "exact", "any", "feature", "others random", "others exact", "others each", "others together",
            "others same", "depth 2", "depth 3", "on embed", "on tokens", "on mask", "on heads", "on MLPs",
            "on input", "on norm", "on q", "on k", "on v", "on z", "below a part", "each with a part claimed",
            "cross_entropy", "binary_cross_entropy", "squared_error", "against the model", "against a column",
            "masked", "shifted", "at last", "at all", "at a list", "weighted rows", "fewer rows", "padding",
            "no padding", "causal", "bidirectional", "attention only", "MLPs", "biases", "norm LN", "norm LNPre",
            "norm null", "relu", "gelu", "gelu_new", "1 layers", "2 layers", "3 layers", "one logit", "on pattern",
            "all paths", "via", "direct via", "avoiding", "avoiding a slice", "several nodes", "group of heads",
            "each head", "each position", "shared", "default others", "slice of tokens", "slice of embed",
            "slice of input", "slice of pattern", "slice of a head", "slice with claims below", "from the end",
            "a range", "a list", "zero", "mean", "mean within", "ablated others random", "ablated others exact",
            "ablated others each", "ablated others same", "written as a list", "a named claim",
        ]
        let rare = [
            "one name twice", "on pre", "on post", "direct avoiding", "via a slice",
            "shared with a condition between", "shared with claims below", "slice of mask", "slice of z",
            "slice of an MLP", "slice of q", "slice of k", "slice of v", "previous", "current", "source",
            "numbered below", "several with claims below", "ablated others together",
        ]
        for (features, least) in [(wanted, 20), (rare, 10)] {
            for feature in features {
                #expect(counts[feature, default: 0] >= least, "\(feature): \(counts[feature, default: 0])")
            }
        }
    }

    /// The judge refuses few enough of the random claims, of each kind, that the generator meets what it aims at; and it
    /// refuses some for each of the reasons that are its to find.
    @Test func enoughIsTaken() {
        var (proposed, taken): ([String: Int], [String: Int]) = ([:], [:])
        var reasons: [JudgeError.Kind: Int] = [:]
        for seed in UInt64(0)..<500 {
            let growth = JudgeCase.grown(seed)
            proposed.merge(growth.proposed, uniquingKeysWith: +)
            taken.merge(growth.taken, uniquingKeysWith: +)
            for refused in growth.refused { reasons[refused.reason.kind, default: 0] += 1 }
        }
        let share = { (kind: String) in Double(taken[kind, default: 0]) / Double(proposed[kind, default: 1]) }
        for (kind, least) in [
            ("direct", 0.5), ("all", 0.4), ("via", 0.4), ("direct via", 0.4), ("avoiding", 0.25),
            ("direct avoiding", 0.2), ("several", 0.3), ("group", 0.4), ("pattern", 0.4), ("shared", 0.1),
        ] {
            #expect(taken[kind, default: 0] >= 20 && share(kind) >= least, "\(kind): \(share(kind))")
        }
        for kind in [JudgeError.Kind.unreached, .idle, .overlap, .sameName, .shared] {
            #expect(reasons[kind, default: 0] >= 10, "\(kind): \(reasons[kind, default: 0])")
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
            if case .together(let name) = policy(claim) { name } else { nil }
        }
        if Set(names).count < names.count { found.insert("one name twice") }

        if hypothesis.others != .random { found.insert("default others") }
        switch ablation {
        case .resample: break
        case .zero: found.insert("zero")
        case .mean(nil): found.insert("mean")
        case .mean: found.insert("mean within")
        }
        let text = HypothesisPrinter.text(hypothesis)
        if text.contains("- node:") { found.insert("written as a list") }
        if text.contains(": s0\n") { found.insert("a named claim") }
        if let paths = try? paths() {
            if !paths.hypothesis.agreements.isEmpty { found.insert("shared with a condition between") }
        }

        let statement = hypothesis.behaviour
        found.insert(statement.measure.value.rawValue)
        if statement.measure.value == .squaredError {
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

    /// Nil for a claim without inputs.
    private func policy(_ claim: Claim) -> OthersPolicy? {
        claim.inputs.isEmpty ? nil : claim.others?.value ?? hypothesis.others
    }

    private func visit(_ claim: Claim, depth: Int, _ found: inout Set<String>) {
        switch claim.same.value {
        case .exact: found.insert("exact")
        case .any: found.insert("any")
        case .feature: found.insert("feature")
        }
        found.insert("depth \(depth)")
        for node in claim.nodes { found.formUnion(Self.features(of: node.value)) }
        if claim.nodes.count > 1 { found.insert(claim.inputs.isEmpty ? "several nodes" : "several with claims below") }
        if claim.shared != nil { found.insert(claim.inputs.isEmpty ? "shared" : "shared with claims below") }
        let (scope, via, avoiding) = (claim.route.scope, claim.route.via, claim.route.avoiding)
        if scope == .all, via.isEmpty, avoiding.isEmpty { found.insert("all paths") }
        if !via.isEmpty { found.insert(scope == .all ? "via" : "direct via") }
        if !avoiding.isEmpty { found.insert(scope == .all ? "avoiding" : "direct avoiding") }
        if via.contains(where: { $0.value.contains("[") }) { found.insert("via a slice") }
        if avoiding.contains(where: { $0.value.contains("[") }) { found.insert("avoiding a slice") }

        guard let policy = policy(claim) else { return }
        let name = policy.description.prefix { $0 != ":" }
        found.insert("others \(name)")
        if ablation != .resample { found.insert("ablated others \(name)") }
        let parts = ["input", "norm", "q", "k", "v", "z", "pattern", "pre", "post"]
        func isPart(_ claim: Claim) -> Bool {
            let name = claim.nodes[0].value.prefix { $0 != "[" }
            return parts.contains { name.split(separator: ".").last ?? "" == $0 }
        }
        if isPart(claim) { found.insert("below a part") }
        if policy == .each, claim.inputs.contains(where: isPart) { found.insert("each with a part claimed") }
        if claim.nodes[0].value.contains("[") { found.insert("slice with claims below") }
        func isStarred(_ claim: Claim) -> Bool { claim.nodes[0].value.contains("[*]") }
        if isStarred(claim), claim.inputs.contains(where: { $0.same.value.feature?.contains("[*]") == true }) {
            found.insert("numbered below")
        }
        for child in claim.inputs { visit(child, depth: depth + 1, &found) }
    }

    private static func features(of name: String) -> Set<String> {
        var found: Set<String> = []
        let pieces = name.split(separator: "[").map(String.init)
        let node = pieces[0].split(separator: ".").last.map(String.init) ?? ""
        found.insert("on \(node)")
        let isLayer = node == "h" || node.first == "a"
        let isHead = node.first == "h" && node != "h"
        if isHead { found.insert("on heads") }
        if node.first == "m", node != "mask" { found.insert("on MLPs") }
        if isLayer { found.insert(pieces.count > 1 && pieces[1] == "*]" ? "each head" : "group of heads") }
        guard pieces.count > (isLayer ? 2 : 1), let slice = pieces.last else { return found }
        found.insert("slice of \(node)")
        if isHead || isLayer { found.insert("slice of a head") }
        if node.first == "m", node != "mask" { found.insert("slice of an MLP") }
        if slice == "*]" { found.insert("each position") }
        if slice.contains("-") { found.insert("from the end") }
        if slice.contains(":") { found.insert("a range") }
        if slice.contains(",") { found.insert("a list") }
        for word in ["previous", "current", "source"] where slice.contains(word) { found.insert(word) }
        return found
    }
}
