public import ScrubPlan
internal import ScrubPlanner

/// Hypotheses that one plan runs, under one seed after another.
public struct SharedRun: Sendable {
    private let group: JointGroup

    /// Their places among the experiments that were grouped, in order.
    public var members: [Int] { group.members }

    /// Groups of hypotheses that share a plan, on one model and dataset, each as large as it can be and as memory makes worth
    /// while.
    ///
    /// - Parameters:
    ///   - experiments: in any order.
    ///   - options: of every run.
    ///   - engines: best first.
    /// - Throws: a `Diagnostic`.
    public static func groups(
        of experiments: [Experiment], _ options: RunOptions, on engines: [Engine]
    ) throws -> [SharedRun] {
        try Joint.groups(of: experiments, options, on: engines, keepsOrder: false).map(SharedRun.init)
    }

    /// All of some experiments by one plan, as a run that was cut off had them.
    ///
    /// - Returns: nil where they cannot be of one plan.
    public init?(_ experiments: [Experiment], _ options: RunOptions) throws {
        guard let first = experiments.first else { return nil }
        var joint = Joint(first)
        for experiment in experiments.dropFirst() {
            guard try joint.add(experiment, options) else { return nil }
        }
        group = JointGroup(joint: joint, members: Array(experiments.indices))
    }

    private init(_ group: JointGroup) { self.group = group }

    /// Runs every member under every seed. Where the plain model is computed on all of D, its activations are computed once
    /// for all.
    ///
    /// - Parameters:
    ///   - options: of each run; their seed has no part.
    ///   - seeds: in order.
    ///   - engines: best first.
    ///   - journal: where rounds are kept, and what was kept of these runs before is found.
    ///   - hashes: of files, by path; those that are wanting are added.
    ///   - ready: called with the most bytes that are held at once, when that is known and nothing is computed yet.
    ///   - progress: called after each chunk.
    ///   - finished: called with each seed's place and its runs by member, or why there is none.
    /// - Throws: a `Diagnostic` where nothing can be run; `RunStopped` where the journal said so; `JournalError`.
    public func run(
        _ options: RunOptions, seeds: [UInt64], on engines: [Engine], journal: RunJournal,
        hashes: inout [String: String], ready: ((Int) -> Void)? = nil,
        progress: @Sendable (RunProgress) -> Void = { _ in },
        finished: (_ seed: Int, [Result<Run, any Error>]) throws -> Void
    ) throws {
        try group.joint.run(
            options, seeds: seeds, on: engines, journal, hashes: &hashes, ready, progress, finished: finished)
    }

    /// Replicates to a round.
    public func round(_ options: RunOptions) throws -> Int {
        options.round(of: try group.joint.lowered(options).plan.tables.count)
    }

    /// What all of it will cost, as `Experiment.forecast` tells it.
    ///
    /// - Parameters:
    ///   - options: of each run.
    ///   - seeds: under how many it is run.
    ///   - engines: best first.
    ///   - profile: of a device, where it is known.
    /// - Throws: a `Diagnostic`.
    public func forecast(
        _ options: RunOptions, seeds: Int = 1, on engines: [Engine],
        profile: (DeviceProfile.Subject) throws -> DeviceProfile? = { _ in nil }
    ) throws -> Forecast {
        try group.joint.forecast(options, seeds: seeds, engines, profile, listsPasses: false).forecast
    }
}
