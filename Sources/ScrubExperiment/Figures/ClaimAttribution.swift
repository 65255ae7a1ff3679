internal import ScrubHypothesis
public import ScrubPlan
public import ScrubStatistics

/// What one claim contributes: the first behaviour where it alone is made stricter, or looser, on common draws.
public struct ClaimAttribution: Codable, Hashable, Sendable {
    /// The scrubbed mean of the changed hypothesis, and by how much it and the share recovered differ from the whole
    /// hypothesis's, paired.
    public struct Change: Codable, Hashable, Sendable {
        public var scrubbed: Estimate
        public var difference: Estimate
        public var recovered: Estimate?
    }

    /// The claim's path.
    public var claim: String
    /// Its datum made its parent's own: what its resampling costs. Nil where it is exact.
    public var exact: Change?
    /// Its datum drawn from all of D: what its feature keeps. Nil where it is drawn so.
    public var unconditional: Change?
}

extension Experiment {
    /// Each claim but the root in turn made exact, and in turn made unconditional.
    ///
    /// - Parameters:
    ///   - run: of this hypothesis as it stands.
    ///   - options: as those of the run.
    ///   - progress: called after each chunk of each run.
    /// - Returns: without a change that a claim has not, or whose draws are too many to enumerate.
    /// - Throws: a `Diagnostic`; `ExperimentError.attribution` for a replay, which has the draws of one hypothesis.
    /// - Complexity: two runs for each claim.
    public func attribution(
        of run: Run, _ options: RunOptions, progress: @Sendable (RunProgress) -> Void = { _ in }
    ) throws -> [ClaimAttribution] {
        guard options.replay == nil else { throw ExperimentError.attribution }
        var options = options
        // The replicates of the run, however many it took.
        options.samples = run.report.isExact ? options.samples : run.report.samples
        (options.width, options.groupings, options.plan, options.keepsOutputs) = (nil, [], nil, false)
        func change(_ tree: ScrubTree?) throws -> ClaimAttribution.Change? {
            guard let tree else { return nil }
            let changed: Run
            do { changed = try with(tree).run(options, progress: progress) } catch SamplingError.tooMany { return nil }
            guard let figure = changed.report.figures.first,
                let paired = try PairedDifference(of: changed, from: run)?.figures.first(where: {
                    $0.metric == figure.metric
                })
            else { return nil }
            return ClaimAttribution.Change(
                scrubbed: figure.scrubbed, difference: paired.scrubbed, recovered: paired.recovered)
        }
        return try tree.claims.indices.dropFirst().map { number in
            ClaimAttribution(
                claim: tree.claims[number].path, exact: try change(tree.makingExact(number)),
                unconditional: try change(tree.makingUnconditional(number)))
        }
    }

    /// The same with other draws.
    private func with(_ tree: ScrubTree) -> Experiment {
        var changed = self
        changed.tree = tree
        return changed
    }
}
