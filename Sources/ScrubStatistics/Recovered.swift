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
    return Estimate(mean: share, standardError: parts.reduce(0) { $0 + $1 * $1 }.squareRoot())
}

/// The same from paired samples: model, scrubbed and baseline of each replicate on one reference datum.
///
/// The standard error is by the delta method on the replicates themselves, so that what the three have in common
/// cancels: with the estimate `r`, that of the mean of `((b - s) - r (b - m)) / (B - M)`.
public func recovered(model: [Float], scrubbed: [Float], baseline: [Float]) -> Estimate? {
    guard let m = Moments(model).estimate, let s = Moments(scrubbed).estimate, let b = Moments(baseline).estimate,
        let share = recovered(model: .exact(m.mean), scrubbed: .exact(s.mean), baseline: .exact(b.mean))
    else { return nil }
    let gap = b.mean - m.mean
    var residuals = Moments()
    for ((m, s), b) in zip(zip(model, scrubbed), baseline) {
        residuals.add(((Double(b) - Double(s)) - share.mean * (Double(b) - Double(m))) / gap)
    }
    return Estimate(mean: share.mean, standardError: residuals.estimate?.standardError ?? .infinity)
}
