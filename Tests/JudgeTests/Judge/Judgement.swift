import ScrubHypothesis

/// Every figure of a run as the judge reckons it, by the plan's names for its roots.
struct Judgement {
    private(set) var roots: [String: [Double]] = [:]
    /// Means over D, or over replicates, by the report's names for them.
    let figures: [String: Double]
    /// The draws that the hypothesis makes, by name.
    let draws: Set<String>
    /// Which draw is given which other by which feature's SQL, in words.
    let conditions: Set<String>

    /// - Parameter rows: the row that each draw took, by name, for a replicate.
    init(_ judged: JudgeCase, rows: (Int) -> [String: Int]) throws(JudgeError) {
        let judge = try Judge(judged)
        let (behaviour, labels, weights) = (judged.behaviour, judged.labels, judged.weights)
        draws = judge.draws
        let made = judge.paths.hypothesis.conditions.filter { [draws] in draws.contains($0.key) }
        conditions = Set(
            made.map { condition in
                let feature = TinyFeature.named(condition.feature, positions: judged.positions)
                return "\(condition.key) like \(condition.given) in \(feature?.definition ?? condition.feature)"
            })

        let model = judge.plain.map { behaviour.read($0[judge.transformer.output]) }
        roots["model outputs"] = model.flatMap(\.values)
        roots["model"] = model.indices.map { behaviour.loss(model[$0], labels[$0], model: model[$0]) }
        // The expectation over labels that are independent of the output.
        let baseline = model.map { output in
            labels.indices.reduce(0) { $0 + weights[$1] * behaviour.loss(output, labels[$1], model: model[$1]) }
        }
        if judged.hypothesis.behaviour.label.value != "model" { roots["baseline"] = baseline }

        var (outputs, losses): ([Double], [Double]) = ([], [])
        for replicate in 0..<judged.replicates {
            let rows = rows(replicate)
            guard draws.isSubset(of: rows.keys), let reference = rows["reference"] else {
                throw JudgeError(.draws, "draws \(draws.sorted()), tables \(rows.keys.sorted())")
            }
            let output = behaviour.read(judge.output(rows))
            outputs += output.values
            losses.append(behaviour.loss(output, labels[reference], model: model[reference]))
        }
        roots["outputs"] = outputs
        roots["scrubbed"] = losses
        func mean(_ values: [Double]?) -> Double { zip(values ?? [], weights).reduce(0) { $0 + $1.0 * $1.1 } }
        figures = [
            "model": mean(roots["model"]), "baseline": mean(baseline),
            "scrubbed": losses.reduce(0, +) / Double(losses.count),
        ]
    }
}
