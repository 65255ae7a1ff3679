/// The share of the behaviour that survives scrubbing: `(baseline - scrubbed) / (baseline - model)`.
///
/// L. Chan et al., "Causal Scrubbing: a method for rigorously testing interpretability hypotheses", 2022, section
/// "Recovered loss". The standard error is by the delta method, the three figures taken as independent: first-order in
/// each one's own standard error.
///
/// - Returns: nil where the model does no better or worse than the baseline, so that there is nothing to recover.
public func recovered(model: Estimate, scrubbed: Estimate, baseline: Estimate) -> Estimate? {
    let gap = baseline.mean - model.mean
    guard gap != 0, gap.isFinite else { return nil }
    let share = (baseline.mean - scrubbed.mean) / gap
    let parts = [
        scrubbed.standardError / gap,
        baseline.standardError * (scrubbed.mean - model.mean) / (gap * gap),
        model.standardError * (baseline.mean - scrubbed.mean) / (gap * gap),
    ]
    if parts.allSatisfy({ $0 == 0 }) { return .exact(share) }
    return Estimate(mean: share, standardError: parts.reduce(0) { $0 + $1 * $1 }.squareRoot())
}
