internal import ScrubCore
internal import ScrubData
internal import ScrubGraph
public import ScrubHypothesis
internal import ScrubModels
internal import ScrubOpenCL
internal import ScrubOps
public import ScrubPlan
internal import ScrubPlanner
internal import ScrubStatistics

extension Experiment {
    /// Draws, plans, runs and estimates.
    ///
    /// - Parameters:
    ///   - options: how many samples, from which seed, and how.
    ///   - engines: what to run on, best first: one that cannot prepare the plan gives way to the next, and the report
    ///     says so. Those that `options` name, unless given.
    ///   - progress: called after each chunk.
    /// - Throws: a `Diagnostic`; its fault says whether the input or the device is to blame.
    public func run(
        _ options: RunOptions, on engines: [Engine]? = nil, progress: @Sendable (RunProgress) -> Void = { _ in }
    ) throws -> Run {
        try Joint(self).run(options, on: engines ?? Engine.candidates(options), progress)[0]
    }

    /// Runs several hypotheses, those on one model and dataset by one plan, so that what they have in common is
    /// computed once. Figures are those of running each by itself.
    ///
    /// - Parameters:
    ///   - experiments: in the order in which they are run.
    ///   - options: of every run.
    ///   - progress: called after each chunk.
    ///   - finished: called with each group of runs that shared a plan, in order.
    /// - Throws: a `Diagnostic`, as above.
    public static func run(
        _ experiments: [Experiment], _ options: RunOptions, progress: @Sendable (RunProgress) -> Void = { _ in },
        finished: ([Run]) throws -> Void
    ) throws {
        let engines = try Engine.candidates(options)
        for group in try Joint.groups(of: experiments, options, on: engines) {
            try finished(group.joint.run(options, on: engines, progress))
        }
    }

    /// Throws the first number that is none.
    ///
    /// - Parameter rounding: with what they were computed, if less than float32.
    func check(_ replicates: Replicates, rounding: String?) throws(ExperimentError) {
        func check(_ metric: String, _ values: [Float]) throws(ExperimentError) {
            guard let bad = values.firstIndex(where: { !$0.isFinite }) else { return }
            let row = dataset.fileRow(Int(replicates.reference[bad])) + 1
            throw .notFinite(metric, value: Double(values[bad]), row: row, rounding: rounding)
        }
        for (behaviour, measured) in zip(behaviours, replicates.measured) {
            try check("\(behaviour.metric) of the model", measured.model)
            try check("\(behaviour.metric) of the scrubbed model", measured.scrubbed)
            try check("\(behaviour.metric) of the baseline", measured.baseline)
        }
        try check("the squared distance of outputs", replicates.squaredDistance)
        try check("the divergence of outputs", replicates.divergence)
    }

    func checkOutputs(_ options: RunOptions) throws(ExperimentError) {
        let bytes = Double(graph.nodes[behaviour.read].type.bytes) * Double(options.samples)
        guard options.keepsOutputs, bytes > Double(RunOptions.mostOutputBytes) else { return }
        throw .outputs(bytes: bytes, limit: RunOptions.mostOutputBytes)
    }

    /// The tables of the replay, where there is one; its length is then the number of samples.
    func replayedTables(_ options: inout RunOptions) throws -> [[Int32]]? {
        guard let path = options.replay else {
            guard (1...ExperimentError.mostSamples).contains(options.samples) else {
                throw ExperimentError.samples(options.samples)
            }
            return nil
        }
        let tables = try Replay.read(path, tables: tree.tables, rows: dataset.count)
        options.samples = tables.first?.count ?? 0
        do { try sampler(seed: options.seed).check(tables) } catch {
            throw ExperimentError.replay(file: path, error.message)
        }
        return tables
    }

    /// The sampler of this hypothesis's draws.
    public func sampler(seed: UInt64) throws(SamplingError) -> Sampler {
        try Sampler(
            tables: tree.tables, features: features.mapValues(\.classes).merging(samplers) { _, own in own },
            everything: dataset.everyRow, seed: seed)
    }

    /// The bindings of a plan over some rows of D.
    func inputs(of plan: Plan, rows: [Int32]) throws -> [InputSource: HostTensor] {
        var inputs: [InputSource: HostTensor] = [:]
        for source in plan.inputs.map(\.source) {
            let bound = try model.tensor(source)
            inputs[source] = if case .column = source { bound?.picking(rows) } else { bound }
        }
        return inputs
    }

    /// - Parameter hashes: of files, by path; those that are wanting are added.
    func provenance(_ options: RunOptions, _ hashes: inout [String: String]) throws -> Provenance {
        var flags = ["samples": "\(options.samples)", "seed": "\(options.seed)", "backend": "\(options.backend)"]
        flags["replay"] = options.replay
        flags["plan"] = options.plan
        if !options.optimises { flags["optimise"] = "false" }
        if options.ablation != .resample { flags["ablation"] = "\(options.ablation)" }
        if options.isExact { flags["exact"] = "true" }
        if !options.measuresDistance { flags["distance"] = "false" }
        if options.precision != .exact { flags["precision"] = options.precision.rawValue }
        if options.storage != .f32 { flags["storage"] = options.storage.rawValue }
        if let width = options.width { flags["until-width"] = "\(width)" }
        if !options.groupings.isEmpty { flags["by"] = options.groupings.joined(separator: "; ") }
        var files: [String: String] = [:]
        for path in model.files + [options.replay, options.plan].compactMap({ $0 }) {
            if hashes[path] == nil { hashes[path] = try Provenance.hash(of: path) }
            files[path] = hashes[path]
        }
        return Provenance(
            version: scrubjayVersion, files: files,
            flags: flags)
    }
}
