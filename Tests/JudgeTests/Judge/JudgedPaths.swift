/// One step of a path: a node, and through which part of its value the path passes.
struct JudgedStep: Hashable, Sendable {
    var site: Int
    /// The number of the part.
    var part: Int
}

/// What all claimed paths with one beginning have in common: the beginning is the way from the root to here.
final class JudgedBranch {
    let site: Int
    /// The claim that stands at the end of this beginning.
    var claim: Int?
    var onward: [JudgedStep: JudgedBranch] = [:]

    init(_ site: Int) { self.site = site }

    /// Whether a claim stands here or further down.
    var isClaimed: Bool { claim != nil || onward.values.contains(where: \.isClaimed) }
}

/// Every path from the root on which a claim stands, each of them written out, up to the deepest claim on it.
struct JudgedPaths {
    let hypothesis: JudgedHypothesis
    /// By site, the parts of its value: elements that every slice of the hypothesis takes all or none of.
    let parts: [[[Int]]]
    let root: JudgedBranch
    /// By site, every site that it is computed from.
    private let below: [Set<Int>]

    private var transformer: JudgeTransformer { hypothesis.names.transformer }

    /// - Throws: a claim that no path reaches as it says, two claims on one path, an exclusion that excludes nothing.
    init(_ hypothesis: JudgedHypothesis) throws(JudgeError) {
        self.hypothesis = hypothesis
        let sites = hypothesis.names.transformer.sites
        let places = hypothesis.claims.flatMap { $0.places + $0.route.via.joined() + $0.route.avoiding }
        parts = sites.indices.map { site in
            let slices = places.filter { $0.site == site }.map(\.elements)
            let all = hypothesis.names.whole(site).sorted()
            let parts = Dictionary(grouping: all) { element in slices.map { $0.contains(element) } }
            return parts.values.sorted { $0[0] < $1[0] }
        }
        var below: [Set<Int>] = []
        for site in sites { below.append(site.inputs.reduce(Set(site.inputs)) { $0.union(below[$1]) }) }
        self.below = below
        root = JudgedBranch(hypothesis.names.transformer.output)
        root.claim = 0
        for claim in hypothesis.claims.indices { try checkReach(claim) }
        var standing: [Int: [JudgedBranch]] = [0: [root]]
        // A claim's beginnings are known once those of all its parents are.
        let depth = hypothesis.claims.indices.map { hypothesis.lines(to: $0).map(\.count).max() ?? 0 }
        for claim in hypothesis.claims.indices.sorted(by: { depth[$0] < depth[$1] }) {
            for child in hypothesis.claims[claim].children {
                for branch in standing[claim] ?? [] {
                    for route in routes(from: branch.site, to: hypothesis.claims[child]) {
                        standing[child, default: []].append(try stand(child, at: route, below: branch))
                    }
                }
            }
        }
    }

    private func stand(
        _ claim: Int, at route: [JudgedStep], below start: JudgedBranch
    ) throws(JudgeError) -> JudgedBranch {
        var branch = start
        for step in route {
            if branch !== start, branch.claim != nil { throw overlap(claim) }
            let next = branch.onward[step] ?? JudgedBranch(step.site)
            branch.onward[step] = next
            branch = next
        }
        if branch.isClaimed { throw overlap(claim) }
        branch.claim = claim
        return branch
    }

    private func overlap(_ claim: Int) -> JudgeError {
        JudgeError(.overlap, "\(hypothesis.claims[claim].key): another claim on its path")
    }

    // MARK: Routes

    /// Whether a step passes through a place.
    private func passes(_ step: JudgedStep, _ place: JudgedPlace) -> Bool {
        step.site == place.site && place.elements.contains(parts[step.site][step.part][0])
    }

    /// Every way from `site` down to where the claim stands first, as its route says: the steps after `site`, that into
    /// the claimed place the last.
    private func routes(from site: Int, to claim: JudgedClaim) -> [[JudgedStep]] {
        var found: [[JudgedStep]] = []
        func walk(_ way: [JudgedStep], _ site: Int) {
            for input in transformer.sites[site].inputs
            where claim.places.contains(where: { $0.site == input || below[input].contains($0.site) }) {
                for part in parts[input].indices {
                    let step = JudgedStep(site: input, part: part)
                    if claim.places.contains(where: { passes(step, $0) }), isAsStated(way, claim.route) {
                        found.append(way + [step])
                    } else if !claim.route.avoiding.contains(where: { passes(step, $0) }) {
                        walk(way + [step], input)
                    }
                }
            }
        }
        walk([], site)
        return found
    }

    /// Whether what a way passes between a claim's parent and the claim is as the route says.
    private func isAsStated(_ way: [JudgedStep], _ route: JudgedRoute) -> Bool {
        if way.contains(where: { step in route.avoiding.contains { passes(step, $0) } }) { return false }
        let components = Set(way.indices.filter { transformer.sites[way[$0].site].isComponent })
        /// Whether the groups from `number` on can each have a step, and with those `taken` every component be one.
        func choose(_ number: Int, _ taken: Set<Int>) -> Bool {
            if number == route.via.count { return !route.isDirect || components.isSubset(of: taken) }
            return way.indices.contains { at in
                route.via[number].contains { passes(way[at], $0) } && choose(number + 1, taken.union([at]))
            }
        }
        return choose(0, [])
    }

    private func checkReach(_ number: Int) throws(JudgeError) {
        let claim = hypothesis.claims[number]
        for parent in claim.parents {
            func ways(to claim: JudgedClaim) -> [[JudgedStep]] {
                hypothesis.claims[parent.claim].places.flatMap { routes(from: $0.site, to: claim) }
            }
            let found = ways(to: claim)
            for place in claim.places where !found.contains(where: { passes($0[$0.count - 1], place) }) {
                throw JudgeError(.unreached, "\(claim.key) is not reached at \(place)")
            }
            for excluded in claim.route.avoiding {
                var freer = claim
                freer.route.avoiding.removeAll { $0 == excluded }
                let excludes = ways(to: freer).contains { way in way.dropLast().contains { passes($0, excluded) } }
                if !excludes { throw JudgeError(.idle, "\(claim.key): \(excluded) is on no path") }
            }
        }
    }
}
