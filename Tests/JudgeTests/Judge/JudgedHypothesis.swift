import ScrubHypothesis

/// A hypothesis with its names read and its draws named: every claim once for the path by which it is reached, a shared
/// one once for all of them.
struct JudgedHypothesis: Sendable {
    /// What must hold on D: the feature of the shared claim is a function of that of the claim between.
    struct Agreement: Sendable {
        var shared: Int
        var between: Int
    }

    let names: JudgedNames
    private(set) var claims: [JudgedClaim] = []
    private(set) var agreements: [Agreement] = []
    private let others: OthersPolicy
    private var shared: [String: Int] = [:]

    init(_ hypothesis: Hypothesis, on transformer: JudgeTransformer, positions: Int) throws(JudgeError) {
        names = JudgedNames(transformer: transformer, positions: positions)
        others = hypothesis.others
        let root = hypothesis.interpretation
        if root.inputs.isEmpty, root.same.value == .exact { throw JudgeError(.nothing, "nothing is resampled") }
        let output = JudgedPlace(site: transformer.output, elements: names.whole(transformer.output), slice: "")
        try add(.init(written: root, places: [output], route: JudgedRoute(), name: "output"), below: nil)
        for claim in claims.indices { claims[claim].key = key(of: claim) }
        // Every line to a claim passes the one it is given by, which therefore has fewer claims above it.
        for claim in claims.indices.sorted(by: { lines(to: $0)[0].count < lines(to: $1)[0].count }) {
            try nameDraws(of: claim)
        }
    }

    private mutating func add(_ placed: JudgedNames.Placed, below parent: Int?) throws(JudgeError) {
        let parents = parent.map { [JudgedClaim.Parent(claim: $0, name: placed.name)] } ?? []
        let number = claims.count
        if let name = placed.written.shared {
            if let known = shared[name] {
                let (first, again) = (claims[known], placed.written)
                guard first.places == placed.places, first.route == placed.route, first.written.inputs == again.inputs,
                    first.written.same == again.same, first.written.others == again.others
                else { throw JudgeError(.shared, "\(placed.name) differs from the claim that it shares") }
                claims[known].parents += parents
                if let parent { claims[parent].children.append(known) }
                return
            }
            shared[name] = number
        }
        if let parent { claims[parent].children.append(number) }
        claims.append(
            JudgedClaim(written: placed.written, places: placed.places, route: placed.route, parents: parents))
        var known: Set<String> = []
        for input in placed.written.inputs {
            for child in try names.placed(input, below: placed.places) {
                if !known.insert(child.name).inserted { throw JudgeError(.sameName, child.name) }
                try add(child, below: number)
            }
        }
    }

    private func key(of claim: Int) -> String {
        let paths = claims[claim].parents.map { $0.claim == 0 ? $0.name : "\(key(of: $0.claim))/\($0.name)" }
        return paths.min() ?? "output"
    }

    /// Every line of claims from the root down to `claim`.
    func lines(to claim: Int) -> [[Int]] {
        if claim == 0 { return [[0]] }
        return claims[claim].parents.flatMap { lines(to: $0.claim) }.map { $0 + [claim] }
    }

    private mutating func nameDraws(of number: Int) throws(JudgeError) {
        let (lines, claim) = (lines(to: number), claims[number])
        for text in [claim.written.same.value.feature, claim.written.others?.value.feature] {
            if let text, text.contains("[*]") { throw JudgeError(.name, "\(text) stands for no number") }
        }
        // The nearest claim that all lines pass.
        let giver = lines[0].dropLast().last { above in lines.allSatisfy { $0.contains(above) } }
        claims[number].given = giver.map { claims[$0].datum } ?? "reference"
        claims[number].datum = claim.written.same.value == .exact ? claims[number].given : claim.key
        if !claim.children.isEmpty { claims[number].others = others(claim, claims[number].datum) }
        claims[number].keepsOthers = (claim.written.others?.value ?? others) == .exact

        guard let giver, claim.parents.count > 1, claim.written.same.value != .any else { return }
        let between = Set(lines.flatMap { $0.dropLast().drop { $0 != giver }.dropFirst() })
        for middle in between where claims[middle].written.same.value != .exact {
            if claim.written.same.value == .exact { throw JudgeError(.shared, "\(claim.key) is exact") }
            agreements.append(Agreement(shared: number, between: middle))
        }
    }

    private func others(_ claim: JudgedClaim, _ datum: String) -> JudgedClaim.Others {
        switch claim.written.others?.value ?? others {
        case .exact: .table(datum)
        case .together(let name): .table("together/\(name)")
        case .random, .same: .table("\(claim.key)/others")
        case .each: .each("\(claim.key)/others")
        }
    }

    /// The draws that are made by a feature: the draw's name, the feature, and the name of the draw given. Those of
    /// other inputs that no path takes are among them.
    var conditions: [(key: String, feature: String, given: String)] {
        claims.flatMap { claim -> [(key: String, feature: String, given: String)] in
            var found: [(key: String, feature: String, given: String)] = []
            if let text = claim.written.same.value.feature { found.append((claim.key, text, claim.given)) }
            let policy = claim.written.others?.value ?? others
            if let text = policy.feature, claim.others != nil {
                found.append(("\(claim.key)/others", text, claim.datum))
            }
            return found
        }
    }
}

extension Condition {
    /// The feature drawn by, if any.
    var feature: String? { if case .feature(let text) = self { text } else { nil } }
}

extension OthersPolicy {
    /// The feature drawn by, if any.
    var feature: String? { if case .same(let text) = self { text } else { nil } }
}
