import ScrubPlanner

/// What an ablation puts in place of nodes: zeros, or means of the plain model over classes of D.
struct JudgedReplacements {
    /// [row of D] the number of its class.
    let classes: [Int]
    /// [site][class]
    let values: [[Matrix]]

    /// Nil where nothing is replaced.
    ///
    /// - Parameter plain: by row of D and site, the plain model's values.
    init?(_ judged: JudgeCase, plain: [[Matrix]]) throws(JudgeError) {
        var labels = judged.data.map { _ in [Int?]() }
        switch judged.ablation {
        case .resample: return nil
        case .zero, .mean(nil): break
        case .mean(let text?):
            guard let feature = TinyFeature.named(text, positions: judged.positions) else {
                throw JudgeError(.name, "no feature \(text)")
            }
            labels = judged.data.map(feature.value)
        }
        let known = labels.indices.filter { labels.firstIndex(of: labels[$0]) == $0 }.map { labels[$0] }
        let classes = labels.map { known.firstIndex(of: $0) ?? 0 }
        let weights = judged.weights
        self.classes = classes
        values = plain[0].indices.map { site in
            known.indices.map { number in
                var mean = plain[0][site].map { _ in 0 }
                if judged.ablation == .zero { return mean }
                let rows = classes.indices.filter { classes[$0] == number }
                let total = rows.reduce(0) { $0 + weights[$1] }
                for row in rows where total > 0 {
                    for i in mean.values.indices { mean.values[i] += plain[row][site].values[i] * weights[row] / total }
                }
                return mean
            }
        }
    }
}
