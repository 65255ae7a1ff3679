internal import ScrubOpenCL
public import ScrubPlan

extension Experiment {
    /// Replicates on which precisions are compared: enough for the error of a mean, few enough to cost little.
    public static let precisionSamples = 1024

    /// Runs the first replicates of hypotheses in a precision, or as it is kept, and exactly, on the same draws.
    ///
    /// What is measured is the error of the precision in the figures of these replicates, on this device; sampling and the
    /// rounding of float32 have no part in it. Every replicate is run where they are replayed, or every draw there is.
    ///
    /// - Parameters:
    ///   - experiments: in order.
    ///   - options: of the runs that are to be judged.
    ///   - progress: called after each chunk.
    /// - Returns: by experiment; none where everything is float32.
    /// - Throws: a `Diagnostic`, as `run`.
    public static func precisionErrors(
        of experiments: [Experiment], _ options: RunOptions, progress: @Sendable (RunProgress) -> Void = { _ in }
    ) throws -> [PrecisionError] {
        guard let rounding = options.rounding else { return [] }
        let (few, exact) = options.compared
        func reports(_ options: RunOptions) throws -> [Report] {
            var reports: [Report] = []
            try run(experiments, options, progress: progress) { reports += $0.map(\.report) }
            return reports
        }
        return try zip(reports(few), reports(exact)).map {
            PrecisionError(rounding, of: $0, from: $1)
        }
    }
}

extension RunOptions {
    /// Of a run of few samples as asked for, and of the same in float32.
    fileprivate var compared: (rounded: RunOptions, exact: RunOptions) {
        var few = self
        few.samples = min(samples, Experiment.precisionSamples)
        (few.width, few.groupings, few.round) = (nil, [], nil)
        (few.keepsOutputs, few.keepsDraws, few.keepsReplicates) = (false, false, false)
        var exact = few
        (exact.precision, exact.storage) = (.exact, .f32)
        return (few, exact)
    }
}

extension SharedRun {
    /// The same of every member under every seed.
    ///
    /// - Parameters:
    ///   - options: of the runs that are to be judged; their seed has no part.
    ///   - seeds: in order.
    ///   - engine: that runs them.
    ///   - isStopped: asked after each round.
    /// - Returns: by seed and member; nil for what cannot be run. Nothing where everything is float32.
    /// - Throws: a `Diagnostic`; `RunStopped`.
    public func precisionErrors(
        _ options: RunOptions, seeds: [UInt64], on engine: Engine, isStopped: @escaping @Sendable () -> Bool
    ) throws -> [[PrecisionError?]] {
        guard let rounding = options.rounding else { return [] }
        let (few, exact) = options.compared
        func reports(_ options: RunOptions, _ engines: [Engine]) throws -> [[Report?]] {
            var reports = [[Report?]](repeating: [], count: seeds.count)
            var hashes: [String: String] = [:]
            let journal = RunJournal(kept: { _, _ in }, keep: { _ in }, isStopped: isStopped)
            try run(options, seeds: seeds, on: engines, journal: journal, hashes: &hashes) {
                reports[$0] = $1.map { try? $0.get().report }
            }
            return reports
        }
        return try zip(reports(few, [engine]), reports(exact, [engine.inFloat32])).map { rounded, exact in
            zip(rounded, exact).map { rounded, exact in
                rounded.flatMap { rounded in exact.map { PrecisionError(rounding, of: rounded, from: $0) } }
            }
        }
    }
}
