import Scrubjay

extension RunStatement {
    /// `head.yaml (layer=1, others each, ablation mean, seed 3)`: the hypothesis, in what the run differs from its file, and
    /// the seed.
    var title: String {
        titled(
            hypothesis, parameters,
            [("model", model), ("data", data), ("others", others), ("precision", precision), ("storage", storage)],
            ablation, seed: seed)
    }
}

extension RunLine {
    /// The same without the seed.
    var title: String {
        titled(
            hypothesis, parameters,
            [("model", model), ("data", data), ("others", others), ("precision", precision), ("storage", storage)],
            ablation, seed: nil)
    }
}

private func titled(
    _ hypothesis: String, _ parameters: [String: String], _ named: [(String, String?)], _ ablation: String,
    seed: UInt64?
) -> String {
    let how =
        parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        + named.compactMap { name, value in value.map { "\(name) \($0)" } }
        + (ablation == "resample" ? [] : ["ablation \(ablation)"]) + (seed.map { ["seed \($0)"] } ?? [])
    return how.isEmpty ? hypothesis : "\(hypothesis) (\(how.joined(separator: ", ")))"
}
