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
    ///   - engine: what made the run; what `options` name unless given.
    ///   - isStopped: asked after each round: whether to stop there.
    ///   - progress: called after each chunk of each run.
    /// - Returns: without a change that a claim has not, or whose draws are too many to enumerate.
    /// - Throws: a `Diagnostic`; `ExperimentError.attribution` for a replay, which has the draws of one hypothesis;
    ///   `RunStopped`, of which nothing is kept.
    /// - Complexity: two runs for each claim.
    public func attribution(
        of run: Run, _ options: RunOptions, on engine: Engine? = nil,
        isStopped: @escaping @Sendable () -> Bool = { false }, progress: @Sendable (RunProgress) -> Void = { _ in }
    ) throws -> [ClaimAttribution] {
        guard options.replay == nil else { throw ExperimentError.attribution }
        var options = options
        // The replicates of the run, however many it took.
        options.samples = run.report.isExact ? options.samples : run.report.samples
        (options.width, options.groupings, options.plan) = (nil, [], nil)
        (options.keepsOutputs, options.keepsDraws, options.keepsReplicates) = (false, false, false)
        // No datum has a correlation, so that two have no pairs.
        guard let figure = run.report.figures.first, run.replicates.measured[0].column == nil else {
            return tree.claims.indices.dropFirst().map {
                ClaimAttribution(claim: tree.claims[$0].path, exact: nil, unconditional: nil)
            }
        }
        func change(_ measured: (estimates: Report.Estimates, scrubbed: BlockSums)) throws -> ClaimAttribution.Change? {
            var changed = measured.estimates
            if let carriers = figure.distribution?.modelCarriers {
                changed.doubt(carriers, replicates: measured.scrubbed.count)
            }
            let paired = PairedDifference.Figure(
                figure.metric, changed, less: figure.estimates,
                options.isExact ? nil : try measured.scrubbed.joined(with: run.replicates.sums.column(.scrubbed, of: 0))
            )
            return paired.map {
                ClaimAttribution.Change(scrubbed: changed.scrubbed, difference: $0.scrubbed, recovered: $0.recovered)
            }
        }
        let trees = tree.claims.indices.dropFirst().map { number in
            (exact: tree.makingExact(number), unconditional: tree.makingUnconditional(number))
        }
        let engines = try engine.map { [$0] } ?? Engine.candidates(options)
        let journal = RunJournal(kept: { _, _ in }, keep: { _ in }, isStopped: isStopped)
        var measured = try scrubbed(
            trees.flatMap { [$0.exact, $0.unconditional] }, options, engines, journal, progress)[...]
        return try zip(tree.claims.indices.dropFirst(), trees).map { number, _ in
            let (exact, unconditional) = (measured.removeFirst(), measured.removeFirst())
            return ClaimAttribution(
                claim: tree.claims[number].path, exact: try exact.flatMap(change),
                unconditional: try unconditional.flatMap(change))
        }
    }

    /// Under each tree, by as few plans as can be, the first behaviour's estimates and its values by replicate; nil where
    /// there is no tree, or its draws are too many to enumerate.
    private func scrubbed(
        _ trees: [ScrubTree?], _ options: RunOptions, _ engines: [Engine], _ journal: RunJournal,
        _ progress: @Sendable (RunProgress) -> Void
    ) throws -> [(estimates: Report.Estimates, scrubbed: BlockSums)?] {
        var found: [(estimates: Report.Estimates, scrubbed: BlockSums)?] = []
        for joint in try Joint.groups(of: trees.compactMap { $0.map(with) }, options, on: engines).map(\.joint) {
            do {
                try joint.measure(options, seeds: [options.seed], on: engines, journal, nil, progress) {
                    _, _, measured in
                    found += try measured.figures.map { maker in
                        let maker = try maker.get()
                        return try maker.measurement(0).estimates().map {
                            ($0, maker.replicates.sums.column(.scrubbed, of: 0))
                        }
                    }
                }
            } catch SamplingError.tooMany { found.append(nil) }
        }
        var left = found[...]
        return trees.map { $0 == nil ? nil : left.removeFirst() }
    }

    /// The same with other draws.
    private func with(_ tree: ScrubTree) -> Experiment {
        var changed = self
        changed.tree = tree
        return changed
    }
}
