public import ScrubOpenCL
internal import ScrubPlanner

extension Experiment {
    /// One step for each class of shapes that the plans of some hypotheses have.
    ///
    /// - Parameters:
    ///   - experiments: in the order in which they would be run.
    ///   - options: of every run.
    /// - Throws: a `Diagnostic` where no plan can be made.
    public static func tunableSteps(of experiments: [Experiment], _ options: RunOptions) throws -> [TunableStep] {
        var options = options
        (options.keepsDraws, options.keepsReplicates) = (false, false)
        return TunableStep.distinct(
            try forecast(experiments, options).compactMap { $0.stages.last?.plan }.flatMap(TunableStep.steps))
    }
}
