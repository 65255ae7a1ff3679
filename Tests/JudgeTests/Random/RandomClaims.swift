import ScrubHypothesis

/// A tree of claims that grows by one random claim after another, as long as the judge takes it for a hypothesis.
struct ClaimGrowth {
    private(set) var judged: JudgeCase
    /// Proposals by kind, and those that were taken.
    private(set) var proposed: [String: Int] = [:]
    private(set) var taken: [String: Int] = [:]
    /// Hypotheses that the judge refused, with its reason.
    private(set) var refused: [(hypothesis: Hypothesis, reason: JudgeError)] = []

    private var random: SplitMix64
    private let transformer: JudgeTransformer
    /// Beginnings of paths beyond which the judge would take too long.
    private static let most = 2500

    init(_ judged: JudgeCase, _ random: SplitMix64) {
        (self.judged, self.random) = (judged, random)
        transformer = JudgeTransformer(judged.model)
    }

    mutating func grow() {
        if random.chance(0.6) { judged.hypothesis.interpretation.same = Located(.exact) }
        if random.chance(0.2) { judged.hypothesis.interpretation.same = Located(.random(&random)) }
        growInputs(of: [])
        for name in ["s0", "s1"] where random.chance(0.5) { growShared(name) }
        if judged.hypothesis.interpretation.inputs.isEmpty { judged.hypothesis.interpretation.same = Located(.any) }
        judged.hypothesis.interpretation = judged.hypothesis.interpretation.renamingShared
    }

    private mutating func growInputs(of path: [Int]) {
        let wanted = path.isEmpty ? random.integer(1...4) : random.integer(0...3 - path.count)
        if sites(at: path).allSatisfy({ transformer.sites[$0].inputs.isEmpty }) { return }
        for _ in 0..<2 * wanted where judged.hypothesis.interpretation[path[...]].inputs.count < wanted {
            let (kind, claim) = proposal(below: path)
            if take(claim, kind, below: [path]), path.count < 2 {
                growInputs(of: path + [judged.hypothesis.interpretation[path[...]].inputs.count - 1])
            }
        }
    }

    /// Adds a claim below each of `parents` where that makes a hypothesis.
    ///
    /// - Parameter same: a condition to give the parents.
    private mutating func take(
        _ claim: Claim, _ kind: String, below parents: [[Int]], same: Condition? = nil
    ) -> Bool {
        proposed[kind, default: 0] += 1
        var candidate = judged
        for parent in parents {
            if candidate.hypothesis.interpretation[parent[...]].inputs.isEmpty, random.chance(0.7) {
                candidate.hypothesis.interpretation[parent[...]].others = Located(.random(&random))
            }
            candidate.hypothesis.interpretation[parent[...]].inputs.append(claim)
            if let same { candidate.hypothesis.interpretation[parent[...]].same = Located(same) }
        }
        do {
            if try candidate.paths().root.count > Self.most { return false }
        } catch {
            refused.append((candidate.hypothesis, error))
            return false
        }
        taken[kind, default: 0] += 1
        judged = candidate
        return true
    }

    /// Adds one claim under several parents, drawn once.
    private mutating func growShared(_ name: String) {
        for _ in 0..<6 {
            let paths = judged.hypothesis.interpretation.indexPaths.shuffled(using: &random)
            var parents: [[Int]] = []
            for path in paths where parents.count < 2 || (parents.count == 2 && random.chance(0.1)) {
                // Not one below the other, which would put both on one path more often than not.
                if parents.allSatisfy({ !$0.starts(with: path) && !path.starts(with: $0) }) { parents.append(path) }
            }
            let isDirect = random.chance(0.8)
            let below = parents.map { parent in
                Set(sites(at: parent).flatMap(isDirect ? transformer.reachedThroughWiring : transformer.sitesBelow))
            }
            let common = below.dropFirst().reduce(below.first ?? []) { $0.intersection($1) }.sorted()
            if parents.count < 2 || common.isEmpty { continue }
            let target = random.pick(common)
            var claim = Claim(sliced(transformer.sites[target].name, target, 0.25), condition(below: parents[0]))
            // Claims between that permit what the shared one draws: of its feature, or a finer one.
            var between: Condition?
            if random.chance(0.5) {
                let (finer, coarser) = random.pick([
                    ("c0", "c0"), ("c0", "parity"), ("c1", "c1 > 1"), ("tokens", "tokens[0]"), ("total", "total"),
                ])
                (between, claim.same) = (.feature(finer), Located(.feature(coarser)))
            } else if random.chance(0.2) {
                claim.same = Located(.any)
            }
            claim.shared = name
            if !isDirect { claim.route = .all }
            if random.chance(0.5), let lower = transformer.sitesBelow(target).last {
                claim.inputs = [Claim(transformer.sites[lower].name, .random(&random), route: .all)]
                if random.chance(0.5) { claim.others = Located(.random(&random)) }
            }
            if take(claim, "shared", below: parents, same: between) { return }
        }
    }

    // MARK: Proposals

    /// The nodes of the claim at an index path; of the first of them for `[*]`.
    private func sites(at path: [Int]) -> [Int] {
        let names = JudgedNames(transformer: transformer, positions: judged.positions)
        var places = [JudgedPlace(site: transformer.output, elements: [], slice: "")]
        for depth in path.indices {
            let claim = judged.hypothesis.interpretation[path[...depth]]
            places = (try? names.placed(claim, below: places))?.first?.places ?? []
        }
        return places.map(\.site)
    }

    private mutating func proposal(below path: [Int]) -> (kind: String, claim: Claim) {
        let parent = random.pick(sites(at: path).filter { !transformer.sites[$0].inputs.isEmpty })
        let (direct, all) = (transformer.reachedThroughWiring(from: parent), transformer.sitesBelow(parent))
        let kind = random.weighted([
            (6, "direct"), (4, "all"), (3, "via"), (1, "direct via"), (4, "avoiding"), (1, "direct avoiding"),
            (2, "several"), (3, "group"), (3, "pattern"),
        ])
        func isMixed(_ site: Int) -> Bool { transformer.sites[site].part == "z" }
        var claim = Claim("", .random(&random))
        switch kind {
        case "via", "avoiding":
            let target = pick(all)
            let between = all.filter { transformer.sitesBelow($0).contains(target) }
            claim.nodes = [named(target, below: parent)]
            claim.route = .all
            for _ in 0..<random.weighted([(3, 1), (1, 2)]) where !between.isEmpty {
                let passed = named(pick(between), below: parent)
                if kind == "via" { claim.route.via.append(passed) } else { claim.route.avoiding.append(passed) }
            }
        case "direct via":
            let passed = random.pick(direct.filter { transformer.sites[$0].isComponent })
            let below = transformer.reachedThroughWiring(from: passed)
            claim.nodes = [named(below.isEmpty ? passed : random.pick(below), below: parent)]
            claim.route.via = [named(passed, below: parent)]
        case "direct avoiding":
            let target = pick(direct)
            let between = direct.filter { site in
                !transformer.sites[site].isComponent && transformer.reachedThroughWiring(from: site).contains(target)
            }
            claim.nodes = [named(target, below: parent)]
            claim.route.avoiding = [named(between.isEmpty ? target : random.pick(between), below: parent, slice: 0.7)]
        case "several":
            if random.chance(0.5) { claim.route = .all }
            let isOfComponents = random.chance(0.7)
            let choice = (claim.route == .all ? all : direct).filter { site in
                !isOfComponents || transformer.sites[site].isComponent
            }.shuffled(using: &random)
            claim.nodes = choice.prefix(random.integer(2...3)).map { named($0, below: parent) }
        case "group", "pattern":
            let heads = all.filter {
                kind == "group" ? transformer.headNumber($0) != nil : transformer.isPattern($0) || isMixed($0)
            }
            let chosen = heads.isEmpty ? pick(all) : random.pick(heads)
            let isGroup = kind == "group" && !heads.isEmpty
            claim.nodes = [isGroup ? group(of: chosen) : named(chosen, below: parent, slice: 0.9)]
            if !direct.contains(chosen) || random.chance(0.2) { claim.route = .all }
        default:
            claim.nodes = [named(pick(kind == "all" ? all : direct), below: parent)]
            if kind == "all" { claim.route = .all }
        }
        claim.same = Located(condition(below: path, on: claim))
        return (kind, claim)
    }

    /// One of several nodes; those that are few among the many parts of heads, more often.
    private mutating func pick(_ sites: [Int]) -> Int {
        let few = sites.filter { site in
            !transformer.isPart(ofHead: site) && transformer.sites[site].owner != "logits"
        }
        return random.pick(few.isEmpty || random.chance(0.5) ? sites : few)
    }

    private mutating func condition(below path: [Int], on claim: Claim = Claim("")) -> Condition {
        let above = path.indices.map { judged.hypothesis.interpretation[path[...$0]] } + [claim]
        let isStarred = above.contains { $0.nodes.contains { $0.value.contains("[*]") } }
        return isStarred && random.chance(0.6) ? .feature(random.pick(TinyFeature.starred)) : .random(&random)
    }

    private mutating func named(_ site: Int, below parent: Int, slice: Double = 0.35) -> Located<String> {
        let (node, above) = (transformer.sites[site], transformer.sites[parent])
        let isPart = !node.isComponent && node.owner == above.owner
        return Located(sliced(isPart && random.chance(0.6) ? node.part : node.name, site, slice))
    }

    /// Heads of the layer of `head`.
    private mutating func group(of head: Int) -> Located<String> {
        let (layer, _) = transformer.headNumber(head) ?? (0, 0)
        let count = judged.model.heads
        let heads = random.pick(["", ".h", ".h[*]", ".h[\(numbers(count))]", "[\(numbers(count))]"])
        return Located(sliced("a\(layer)\(heads)", head, heads.hasSuffix("]") ? 0.3 : 0))
    }

    /// A name with a slice behind it, with some probability.
    private mutating func sliced(_ name: String, _ site: Int, _ probability: Double) -> String {
        if !random.chance(probability) { return name }
        let count = judged.positions
        if random.chance(0.15) { return "\(name)[*]" }
        guard transformer.isPattern(site), random.chance(0.8) else {
            return "\(name)[\(numbers(count))]"
        }
        let offset = random.integer(1...max(1, count - 1))
        let slices = ["previous", "current", "previous \(offset)", "current, previous", "source \(numbers(count))"]
        return "\(name)[\(random.pick(slices))]"
    }

    /// Some numbers below `count`, in one of the ways to write them.
    private mutating func numbers(_ count: Int) -> String {
        let (a, b) = (random.integer(0...count - 1), random.integer(0...count - 1))
        let (low, high) = (min(a, b), max(a, b))
        let texts = [
            "\(a)", "\(a - count)", "\(low):\(high + 1)", "\(low):", ":\(high + 1)", "\(low),\(high)", "-1, \(a)",
        ]
        return random.pick(texts)
    }
}

extension JudgedBranch {
    /// How many beginnings of paths there are from here on.
    var count: Int { onward.values.reduce(1) { $0 + $1.count } }
}

extension JudgeTransformer {
    func isPattern(_ site: Int) -> Bool { if case .pattern = sites[site].rule { true } else { false } }

    func isPart(ofHead site: Int) -> Bool { number(of: "\(sites[site].owner).pattern") != nil }

    /// Every node that `site` is computed from, in order.
    func sitesBelow(_ site: Int) -> [Int] {
        var below: Set<Int> = []
        for lower in (0..<site).reversed() {
            let readers = below.union([site])
            if readers.contains(where: { sites[$0].inputs.contains(lower) }) { below.insert(lower) }
        }
        return below.sorted()
    }
}

extension Claim {
    /// Shared claims by other names: s0, s1, in the order in which they are met.
    var renamingShared: Claim {
        var names: [String: String] = [:]
        func renamed(_ claim: Claim) -> Claim {
            var claim = claim
            if let name = claim.shared {
                let number = names.count
                claim.shared = names[name, default: "s\(number)"]
                names[name] = claim.shared
            }
            claim.inputs = claim.inputs.map(renamed)
            return claim
        }
        return renamed(self)
    }
}

extension Condition {
    static func random(_ random: inout SplitMix64) -> Condition {
        random.weighted([(6, .exact), (3, .any), (9, .feature(random.pick(TinyFeature.all).text))])
    }
}

extension OthersPolicy {
    static func random(_ random: inout SplitMix64) -> OthersPolicy {
        random.weighted([
            (5, .random), (4, .exact), (3, .each), (4, .together(random.pick(["noise", "rest"]))),
            (4, .same(random.pick(TinyFeature.all).text)),
        ])
    }
}
