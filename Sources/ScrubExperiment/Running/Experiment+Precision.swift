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
        var few = options
        few.samples = min(options.samples, precisionSamples)
        (few.width, few.groupings) = (nil, [])
        (few.keepsOutputs, few.keepsDraws, few.keepsReplicates) = (false, false, false)
        var exact = few
        (exact.precision, exact.storage) = (.exact, .f32)
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
