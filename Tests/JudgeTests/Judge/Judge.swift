import ScrubHypothesis

/// Why the judge cannot judge: the case is not what the generator promises.
struct JudgeError: Error, CustomStringConvertible {
    var description: String
}

/// The semantics of a hypothesis as the definition states it: recursion over paths in float64, nothing shared, no plan.
///
/// Each path from the root to a model input takes its datum from the deepest claim whose path is a prefix of it: that
/// claim's own datum if it has no children, otherwise its others datum.
struct Judge {
    /// Where inputs that no child claims take their datum from.
    enum Others {
        case table(String)
        /// By direct input: this key, a slash, the input's name.
        case each(String)
    }

    struct JudgedClaim {
        /// The table that its own datum is drawn in.
        var datum: String
        /// Nil for a claim without children.
        var others: Others?
    }

    let transformer: JudgeTransformer
    /// [row] tokens, one row a position.
    let tokens: [Matrix]
    private(set) var claims: [JudgedClaim] = []
    /// Every path from the root at which a claim stands. A path is the nodes from the root down.
    private(set) var claimAt: [[Int]: Int] = [:]
    /// The draws that the hypothesis makes, by canonical name; the reference is one of them.
    private(set) var draws: Set<String> = ["reference"]

    init(_ hypothesis: Hypothesis, on transformer: JudgeTransformer, tokens: [Matrix]) throws(JudgeError) {
        self.transformer = transformer
        self.tokens = tokens
        let root = transformer.output
        try add(hypothesis.interpretation, at: root, paths: [[root]], key: "output", given: "reference")
    }

    private mutating func add(
        _ claim: Claim, at node: Int, paths: [[Int]], key: String, given: String
    ) throws(JudgeError) {
        var judged = JudgedClaim(datum: claim.same.value == .exact ? given : key, others: nil)
        draws.insert(judged.datum)
        if !claim.inputs.isEmpty { judged.others = others(claim.others.value, node, key, judged.datum) }
        for path in paths {
            if claimAt[path] != nil { throw JudgeError(description: "\(key): two claims on one path") }
            claimAt[path] = claims.count
        }
        claims.append(judged)
        for child in claim.inputs {
            guard let target = transformer.resolve(child.node.value, below: node) else {
                throw JudgeError(description: "no node \(child.node.value)")
            }
            let routes = transformer.routes(from: node, to: target)
            let below = paths.flatMap { path in routes.map { path + $0 } }
            if below.isEmpty { throw JudgeError(description: "\(child.node.value) is not reached from \(key)") }
            let name = transformer.sites[target].pathName
            let childKey = node == transformer.output ? name : "\(key)/\(name)"
            try add(child, at: target, paths: below, key: childKey, given: judged.datum)
        }
    }

    private mutating func others(_ policy: OthersPolicy, _ node: Int, _ key: String, _ datum: String) -> Others {
        var table = "\(key)/others"
        switch policy {
        case .exact: table = datum
        case .together(let name): table = "together/\(name)"
        case .random, .same: break
        case .each:
            for input in transformer.directInputs(of: node) {
                draws.insert("\(table)/\(transformer.sites[input].name)")
            }
            return .each(table)
        }
        draws.insert(table)
        return .table(table)
    }

    /// The scrubbed output of one replicate, all positions.
    ///
    /// - Parameter rows: the row that every draw took, by its name.
    func output(_ rows: [String: Int]) -> Matrix { value([transformer.output], below: 0, from: 1, rows) }

    /// The value of the last node of `path`.
    ///
    /// - Parameters:
    ///   - deepest: the deepest claim whose path is a prefix of `path` without its last node.
    ///   - length: of that prefix.
    private func value(_ path: [Int], below deepest: Int, from length: Int, _ rows: [String: Int]) -> Matrix {
        var (deepest, length) = (deepest, length)
        if let claim = claimAt[path] { (deepest, length) = (claim, path.count) }
        let node = path[path.count - 1]
        if node == transformer.tokens { return tokens[rows[draw(of: path, claims[deepest], length)] ?? -1] }
        let inputs = transformer.sites[node].inputs.map { value(path + [$0], below: deepest, from: length, rows) }
        return transformer.compute(node, inputs)
    }

    /// The draw whose datum a path that ends at a model input takes, by its deepest claim.
    private func draw(of path: [Int], _ claim: JudgedClaim, _ length: Int) -> String {
        switch claim.others {
        case nil: return claim.datum
        case .table(let key): return key
        case .each(let key):
            let left = path[length...].first { transformer.sites[$0].isComponent } ?? transformer.tokens
            return "\(key)/\(transformer.sites[left].name)"
        }
    }
}
