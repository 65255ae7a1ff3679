import ScrubHypothesis

extension Claim {
    /// A random tree of claims to depth 3 that means something on `transformer`.
    static func randomRoot(on transformer: JudgeTransformer, _ random: inout SplitMix64) -> Claim {
        var root = Claim("output")
        if random.chance(0.3) { root.same = Located(.random(&random)) }
        root.others = Located(.random(&random))
        root.inputs = children(of: transformer.output, depth: 1, on: transformer, &random)
        if root.inputs.isEmpty {
            root.others = Located(.random)
            if root.same.value == .exact { root.same = Located(.any) }
        }
        return root
    }

    private static func children(
        of node: Int, depth: Int, on transformer: JudgeTransformer, _ random: inout SplitMix64
    ) -> [Claim] {
        let wanted = random.integer(depth == 1 ? 1...4 : 0...3)
        var chosen: [Int] = []
        for candidate in transformer.reachedThroughWiring(from: node).shuffled(using: &random)
        where chosen.count < wanted {
            if chosen.allSatisfy({ !transformer.overlap($0, candidate) }) { chosen.append(candidate) }
        }
        return chosen.map { child in
            var claim = Claim(transformer.name(of: child, below: node, random.chance(0.5)), .random(&random))
            claim.others = Located(.random(&random))
            if depth < 3 { claim.inputs = children(of: child, depth: depth + 1, on: transformer, &random) }
            // A claim without inputs has no others to state.
            if claim.inputs.isEmpty { claim.others = Located(.random) }
            return claim
        }
    }
}

extension JudgeTransformer {
    /// Whether one of two nodes is wiring through which the other is reached: no two claims may share a path.
    fileprivate func overlap(_ a: Int, _ b: Int) -> Bool {
        (!sites[a].isComponent && !routes(from: a, to: b).isEmpty)
            || (!sites[b].isComponent && !routes(from: b, to: a).isEmpty)
    }

    /// A node's name as a claim below `parent` may write it: `q` for `a0.h1.q` below `a0.h1`, when `short`.
    fileprivate func name(of node: Int, below parent: Int, _ short: Bool) -> String {
        let (name, prefix) = (sites[node].name, sites[parent].name + ".")
        return short && name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
    }
}

extension Condition {
    fileprivate static func random(_ random: inout SplitMix64) -> Condition {
        random.weighted([(6, .exact), (3, .any), (9, .feature(random.pick(TinyFeature.all).text))])
    }
}

extension OthersPolicy {
    fileprivate static func random(_ random: inout SplitMix64) -> OthersPolicy {
        random.weighted([
            (5, .random), (4, .exact), (3, .each), (3, .together(random.pick(["noise", "rest"]))),
            (4, .same(random.pick(TinyFeature.all).text)),
        ])
    }
}
