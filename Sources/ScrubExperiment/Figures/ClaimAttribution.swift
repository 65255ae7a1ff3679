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
            // No datum has a correlation, so that two have no pairs.
            guard let tree, let figure = run.report.figures.first, run.replicates.measured[0].column == nil,
                let (estimates, scrubbed) = try with(tree).scrubbed(options, progress: progress)
            else { return nil }
            var changed = estimates
            if let carriers = figure.distribution?.modelCarriers {
                changed.doubt(carriers, replicates: scrubbed.count)
            }
            let paired = try PairedDifference.Figure(
                figure.metric, changed, less: figure.estimates,
                options.isExact ? nil : (scrubbed, run.replicates.measured[0].scrubbed))
            return paired.map {
                ClaimAttribution.Change(scrubbed: changed.scrubbed, difference: $0.scrubbed, recovered: $0.recovered)
            }
        }
        return try tree.claims.indices.dropFirst().map { number in
            ClaimAttribution(
                claim: tree.claims[number].path, exact: try change(tree.makingExact(number)),
                unconditional: try change(tree.makingUnconditional(number)))
        }
    }

    /// The first behaviour alone, and its values by replicate; nil where the draws are too many to enumerate.
    private func scrubbed(
        _ options: RunOptions, progress: @Sendable (RunProgress) -> Void
    ) throws -> (estimates: Report.Estimates, scrubbed: [Float])? {
        var options = options
        let enumeration: Enumeration?
        do { enumeration = options.isExact ? try self.enumeration(&options) : nil } catch SamplingError.tooMany {
            return nil
        }
        let tables = try enumeration?.tables ?? sampler(seed: options.seed).draw(0..<options.samples)
        let prepared = try PreparedRun(
            self, options, on: try Engine.candidates(options), isExact: isModelExact(options))
        let (replicates, population, _, _) = try prepared.run(tables, progress: progress)
        try check(replicates)
        let maker = FigureMaker(
            experiment: self, replicates: replicates, population: population,
            probabilities: enumeration?.probabilities)
        return try maker.measurement(0).estimates().map { ($0, replicates.measured[0].scrubbed) }
    }

    /// The same with other draws.
    private func with(_ tree: ScrubTree) -> Experiment {
        var changed = self
        changed.tree = tree
        return changed
    }
}
