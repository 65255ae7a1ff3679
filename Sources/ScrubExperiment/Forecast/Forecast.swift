internal import ScrubData
internal import ScrubHypothesis
public import ScrubPlan
public import ScrubPlanner

/// What a run will compute and what that costs, known before it starts: in the form of the JSON file that
/// `scrubjay plan` writes. docs/cli.md describes each member.
public struct Forecast: Codable, Hashable, Sendable {
    /// Those that one plan serves.
    public var hypotheses: [String]
    public var samples: Int
    public var backend: BackendIdentity
    /// In the words of a run's report, for as many distinct rows as its draws can have.
    public var plan: Report.PlanFigures
    /// Floating-point operations.
    public var operations: Double
    /// Bytes that steps read and write.
    public var bytes: Double
    /// Steps for each dataset row, and for each replicate.
    public var datasetSteps: Int
    public var replicateSteps: Int
    /// How long the plan is expected to run; nil without a profile of the device.
    public var time: PlanTime?
    /// What each pass did, where that was asked.
    public var passes: [PassAccount]?

    private enum CodingKeys: String, CodingKey {
        case hypotheses, samples, backend, plan, operations, bytes, time, passes
        case datasetSteps = "dataset_steps"
        case replicateSteps = "replicate_steps"
    }
}

extension Experiment {
    /// What running several hypotheses will cost: those on one model and dataset by one plan, as `run` would.
    ///
    /// - Parameters:
    ///   - experiments: in the order in which they would be run.
    ///   - options: of every run.
    ///   - profile: of a device, where it is known.
    ///   - listsPasses: whether to say what each pass did.
    /// - Returns: by plan, the forecast and the stages of the plan.
    /// - Throws: a `Diagnostic`.
    public static func forecast(
        _ experiments: [Experiment], _ options: RunOptions,
        profile: (DeviceProfile.Subject) throws -> DeviceProfile? = { _ in nil }, listsPasses: Bool = false
    ) throws -> [(forecast: Forecast, stages: [Stage])] {
        let engines = try Engine.candidates(options)
        return try Joint.groups(of: experiments, options, on: engines).map { group in
            try group.joint.forecast(options, engines, profile, listsPasses: listsPasses)
        }
    }
}

extension Engine {
    /// What a profile of this engine is of; of several devices, of the first.
    public var subject: DeviceProfile.Subject { subjects[0] }

    /// By device.
    var subjects: [DeviceProfile.Subject] {
        backends.map { DeviceProfile.Subject(backend: $0.identity, workers: limits.workers) }
    }
}

extension Joint {
    /// The plan is prepared as for a run, so that the engine and the bytes are those of the run. Seeds share the dataset axis where
    /// it has all of D.
    ///
    /// - Parameter datasetRows: most rows of the dataset axis, where it is known already.
    func forecast(
        _ options: RunOptions, seeds: Int = 1, datasetRows: Int? = nil, _ engines: [Engine],
        _ profile: (DeviceProfile.Subject) throws -> DeviceProfile?,
        listsPasses: Bool
    ) throws -> (forecast: Forecast, stages: [Stage]) {
        var options = options
        if options.isExact { _ = try members[0].enumeration(&options) }
        // Whoever knows the rows weighs plans, which are the same whoever draws.
        let everyRow =
            datasetRows == nil && members[0].isModelExact(options) ? distinct(0..<Int32(dataset.count), nil) : nil
        let rows = datasetRows ?? everyRow?.representatives.count ?? plannedRows(options)
        let lowered = try lowered(options).plan
        var stages: [Stage] = []
        let held = heldSize(options, lowered, datasetRows: rows, everyRow: everyRow)
        let (engine, ready) = try Engine.prepare(engines, held) { limits in
            stages = try self.stages(options, lowered, limits, datasetRows: rows)
            return stages.last?.plan ?? lowered
        }
        let plan = ready.plan
        let size = RunSize(
            datasetRows: rows, replicates: options.samples, atOnce: options.round(of: plan.tables.count))
        let all = (rows: members[0].isModelExact(options) ? rows : rows * seeds, replicates: options.samples * seeds)
        let cost = plan.cost(datasetRows: all.rows, replicates: all.replicates, workers: engine.limits.workers)
        let planner = Planner(limits: engine.limits, optimises: options.optimises)
        let forecast = Forecast(
            hypotheses: members.map(\.interpretation.name), samples: options.samples, backend: engine.identity,
            plan: planFigures(
                all.replicates, plan, naive: lowered, datasetRows: all.rows,
                peakBytes: held.bytes(ready.prepared, drawing: ready.draws) ?? .max),
            operations: cost.operations, bytes: cost.bytes, datasetSteps: plan.steps(on: .dataset).count,
            replicateSteps: plan.steps(on: .replicates).count,
            time: PlanTime(
                sharedBy: try engine.subjects.map { subject in
                    try profile(subject).map {
                        plan.time(datasetRows: all.rows, replicates: all.replicates, on: $0)
                    }
                }),
            passes: listsPasses ? planner.accounts(of: stages, size) : nil)
        return (forecast, stages)
    }
}
