import ScrubHypothesis

extension JudgeCase {
    /// The hypothesis with every path written out.
    ///
    /// - Throws: what makes it no hypothesis, on this model and these data.
    func paths() throws(JudgeError) -> JudgedPaths {
        let judged = try JudgedHypothesis(hypothesis, on: JudgeTransformer(model), positions: positions)
        func value(_ text: String) throws(JudgeError) -> [[Int?]] {
            guard let feature = TinyFeature.named(text, positions: positions) else {
                throw JudgeError(.name, "no feature \(text)")
            }
            return data.map(feature.value)
        }
        for condition in judged.conditions { _ = try value(condition.feature) }
        for agreement in judged.agreements {
            let conditions = [agreement.shared, agreement.between].map { judged.claims[$0].written.same.value }
            guard let text = conditions[0].feature else { continue }
            let shared = try value(text)
            let between = try conditions[1].feature.map(value) ?? data.map { _ in [] }
            let values = Dictionary(grouping: shared.indices) { between[$0] }.values.map { Set($0.map { shared[$0] }) }
            if values.contains(where: { $0.count > 1 }) {
                throw JudgeError(.shared, "\(text) is no function of \(conditions[1])")
            }
        }
        return try JudgedPaths(judged)
    }

    /// Whether it is a hypothesis: nothing that the project may refuse.
    var isSound: Bool { (try? paths()) != nil }
}
