internal import ScrubCore
public import ScrubExperiment
public import ScrubPlan
public import ScrubStore

/// What a sweep will cost, known before it starts.
public struct SweepForecast: Sendable {
    /// One run.
    public struct Run: Sendable {
        public var statement: RunStatement
        /// By itself: what `scrubjay plan` tells of it. Nil where it cannot be run, or is done.
        public var alone: Forecast?
        public var failure: String?
        /// Whether the store has its figures.
        public var isDone = false
    }

    /// Runs that share a plan, all seeds together.
    public struct Batch: Sendable {
        public var hypotheses: Int
        public var seeds: Int
        public var forecast: Forecast
    }

    public var runs: [Run]
    public var batches: [Batch]

    /// Forward passes' work of each run by itself, and of all as they will be run.
    public var apart: Double { runs.reduce(0) { $0 + ($1.alone?.plan.forwardEquivalents ?? 0) } }
    public var together: Double { batches.reduce(0) { $0 + $1.forecast.plan.forwardEquivalents } }
    /// Expected; nil without a profile of the device.
    public var secondsApart: Double? { Self.sum(runs.compactMap { $0.alone.map { $0.time?.seconds } }) }
    public var secondsTogether: Double? { Self.sum(batches.map { $0.forecast.time?.seconds }) }

    private static func sum(_ seconds: [Double?]) -> Double? {
        seconds.reduce(0) { total, next in
            guard let total, let next else { return nil }
            return total + next
        }
    }

    /// - Parameters:
    ///   - runs: what is asked.
    ///   - options: how it would be run.
    ///   - store: where results are to be kept; nil where there is none yet.
    ///   - profile: of a device, where it is known.
    /// - Throws: a `Diagnostic` where the engine cannot be opened or the store cannot be read; what is wrong with a run is told of it.
    public init(
        _ runs: [SweepRun], _ options: ConductorOptions, in store: RunStore? = nil,
        profile: (DeviceProfile.Subject) throws -> DeviceProfile? = { _ in nil }
    ) throws {
        let engine = try options.opened(for: runs)
        let asked = try AskedRuns(runs, on: [engine.family])
        let failures = Dictionary(asked.unreadable.map { ($0.run.key, "\($0.error)") }) { first, _ in first }
        let done = try store.map(asked.done) ?? []
        // Seeds cost the same.
        var alone: [ReadRun.Kind: Result<Forecast, any Error>] = [:]
        self.runs = asked.all.map { run in
            if done.contains(run.key) { return Run(statement: run.statement, isDone: true) }
            guard let read = asked.byKey[run.key] else {
                return Run(statement: run.statement, failure: failures[run.key])
            }
            let made =
                alone[read.kind]
                ?? Result {
                    let options = try options.runOptions(run.statement)
                    guard let shared = try SharedRun([read.experiment], options) else {
                        throw ExperimentError.samples(options.samples)
                    }
                    return try shared.forecast(options, on: [engine], profile: profile)
                }
            alone[read.kind] = made
            switch made {
            case .success(let forecast): return Run(statement: run.statement, alone: forecast)
            case .failure(let error): return Run(statement: run.statement, failure: "\(error)")
            }
        }
        let sound = asked.readable.filter { run in
            if case .success? = alone[run.kind] { !done.contains(run.asked.key) } else { false }
        }
        batches = try PlannedBatch.batches(of: sound, options.runOptions, on: [engine]).map { batch in
            Batch(
                hypotheses: batch.experiments.count, seeds: batch.seeds.count,
                forecast: try batch.shared.forecast(
                    batch.options, seeds: batch.seeds.count, on: [engine], profile: profile))
        }
    }
}

extension ReadRun {
    /// What runs that cost the same have in common.
    fileprivate struct Kind: Hashable {
        var number: Int
        var manner: Manner
    }

    fileprivate var kind: Kind { Kind(number: number, manner: manner) }
}
