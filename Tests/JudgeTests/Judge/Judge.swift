import ScrubHypothesis

/// The semantics of a hypothesis as the definition states it: recursion over paths in float64, no plan.
///
/// A path is a list of nodes from the root down, with the part of each node's value that it passes through, where the
/// hypothesis takes slices of that node. Each path to a model input takes its datum from the deepest claim whose path is
/// a prefix of it: that claim's own datum if it has no children, otherwise its others datum. The value of a node is
/// assembled from what the path through each of its parts says.
///
/// Nothing is remembered from one path to another but this: of what is computed wholly on one datum, the plain model's
/// values are reckoned once. `isLiteral` does without that too.
struct Judge {
    let transformer: JudgeTransformer
    let paths: JudgedPaths
    /// By row of D and site, the plain model's values.
    let plain: [[Matrix]]
    /// Nil where other inputs are resampled.
    let replacements: JudgedReplacements?
    var isLiteral = false

    /// The deepest claim on a path, and the first component that the path passed after it.
    private struct Standing {
        var claim: JudgedClaim
        var left: Int?
    }

    init(_ judged: JudgeCase) throws(JudgeError) {
        transformer = JudgeTransformer(judged.model)
        paths = try judged.paths()
        let transformer = transformer
        plain = judged.data.map { transformer.values(Matrix($0.tokens.count, 1, $0.tokens.map(Double.init))) }
        replacements = try JudgedReplacements(judged, plain: plain)
    }

    private var claims: [JudgedClaim] { paths.hypothesis.claims }

    /// The scrubbed output of one replicate, all positions.
    ///
    /// - Parameter rows: the row that every draw took, by its name.
    func output(_ rows: [String: Int]) -> Matrix { value(paths.root, Standing(claim: claims[0]), rows) }

    /// The value of the node at which a beginning of claimed paths ends.
    private func value(_ branch: JudgedBranch, _ above: Standing, _ rows: [String: Int]) -> Matrix {
        let standing = branch.claim.map { Standing(claim: claims[$0]) } ?? entering(branch.site, above)
        // A claim on a model input has no other inputs there, whatever it has at its other nodes.
        if standing.claim.others == nil || transformer.sites[branch.site].inputs.isEmpty {
            return model(branch.site, row(standing.claim.datum, rows))
        }
        let inputs = transformer.sites[branch.site].inputs.map { input -> Matrix in
            let values = paths.parts[input].indices.map { part in
                branch.onward[JudgedStep(site: input, part: part)].map { value($0, standing, rows) }
                    ?? replacement(of: input, standing, rows)
                    ?? other(input, standing, rows)
            }
            return assembled(values, at: input)
        }
        return transformer.compute(branch.site, inputs)
    }

    /// The value of a node no path through which leads to a claim, for a claim with children.
    private func other(_ site: Int, _ above: Standing, _ rows: [String: Int]) -> Matrix {
        let standing = entering(site, above)
        if let draw = draw(standing) { return model(site, row(draw, rows)) }
        return transformer.compute(site, transformer.sites[site].inputs.map { other($0, standing, rows) })
    }

    /// The draw whose datum everything below takes; nil where that depends on which component paths pass next.
    private func draw(_ standing: Standing) -> String? {
        switch standing.claim.others {
        case nil: standing.claim.datum
        case .table(let key): key
        case .each(let key): standing.left.map { "\(key)/\(transformer.sites[$0].name)" }
        }
    }

    private func entering(_ site: Int, _ above: Standing) -> Standing {
        var standing = above
        if standing.left == nil, transformer.sites[site].isComponent { standing.left = site }
        return standing
    }

    private func row(_ draw: String, _ rows: [String: Int]) -> Int { rows[draw] ?? -1 }

    /// The plain model's value on one datum.
    private func model(_ site: Int, _ row: Int) -> Matrix {
        if !isLiteral || site == transformer.tokens { return plain[row][site] }
        return transformer.compute(site, transformer.sites[site].inputs.map { model($0, row) })
    }

    /// What an ablation puts in place of an edge that no claimed path passes; nil where it leaves the edge alone.
    private func replacement(of site: Int, _ standing: Standing, _ rows: [String: Int]) -> Matrix? {
        guard let replacements, !standing.claim.keepsOthers else { return nil }
        let row = row(standing.claim.datum, rows)
        switch transformer.sites[site].rule {
        case .tokens, .padding: return model(site, row)
        default: return replacements.values[site][replacements.classes[row]]
        }
    }

    private func assembled(_ values: [Matrix], at site: Int) -> Matrix {
        if values.count == 1 { return values[0] }
        var whole = values[0]
        let count = paths.parts[site].reduce(0) { $0 + $1.count }
        for (value, elements) in zip(values, paths.parts[site]) {
            // An element of a pattern is one number, of any other node a row.
            let width = value.values.count / count
            for i in elements.flatMap({ $0 * width..<($0 + 1) * width }) { whole.values[i] = value.values[i] }
        }
        return whole
    }

    // MARK: Draws

    /// The draws that the hypothesis makes, by canonical name: the reference, every claim's own datum, and what other
    /// inputs there are paths to.
    var draws: Set<String> {
        var draws = Set(claims.map(\.datum) + ["reference"])
        func visit(_ site: Int, _ above: Standing) {
            let standing = entering(site, above)
            if let draw = draw(standing) {
                draws.insert(draw)
            } else {
                for input in transformer.sites[site].inputs { visit(input, standing) }
            }
        }
        func visit(_ branch: JudgedBranch, _ above: Standing) {
            let standing = branch.claim.map { Standing(claim: claims[$0]) } ?? entering(branch.site, above)
            if standing.claim.others == nil { return }
            for input in transformer.sites[branch.site].inputs {
                for part in paths.parts[input].indices {
                    if let next = branch.onward[JudgedStep(site: input, part: part)] {
                        visit(next, standing)
                    } else {
                        visit(input, standing)
                    }
                }
            }
        }
        visit(paths.root, Standing(claim: claims[0]))
        return draws
    }
}
