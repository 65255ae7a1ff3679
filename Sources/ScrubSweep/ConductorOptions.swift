public import ScrubExperiment
public import ScrubOpenCL
internal import ScrubPlanner
internal import ScrubStore

/// How a sweep is run; no figure of the CPU depends on it.
public struct ConductorOptions: Sendable {
    public var backend: BackendChoice
    /// Bytes that a batch may hold at once; nil for half of the machine's memory.
    public var memoryLimit: Int?
    /// Threads of the CPU engine; nil for one each core.
    public var threads: Int?
    /// Replicates from one stored progress to the next; nil for as many as are run at a time.
    public var checkpoint: Int?
    /// What was measured to be fastest on a device.
    public var tuning: @Sendable (OpenCLDevice) -> Tuning? = { _ in nil }
    /// What runs plans; nil for what `backend` names.
    public var engine: Engine?
    /// Asked after each round: whether to stop there.
    public var isStopped: @Sendable () -> Bool = { false }

    public init(
        backend: BackendChoice = .auto, memoryLimit: Int? = nil, threads: Int? = nil, checkpoint: Int? = nil
    ) {
        self.backend = backend
        self.memoryLimit = memoryLimit
        self.threads = threads
        self.checkpoint = checkpoint
    }

    /// The one engine of a sweep: another in place of one that fails would mix what two devices round.
    ///
    /// - Throws: `ConductorError.roundings` where runs differ in precision or storage, which one engine has one of.
    func opened(for runs: [SweepRun]) throws -> Engine {
        var options = RunOptions(backend: backend, memoryLimit: memoryLimit, threads: threads)
        options.tuning = tuning
        let asked = Set(runs.map { [$0.statement.precision, $0.statement.storage] })
        guard asked.count <= 1 else { throw ConductorError.roundings }
        if let statement = runs.first?.statement { try options.round(as: statement) }
        guard let engine = try engine ?? Engine.candidates(options).first else {
            throw ExperimentError.noDevice(wanted: backend.description, exist: [])
        }
        return engine
    }

    /// Of runs that are asked for so.
    func runOptions(_ statement: RunStatement) throws -> RunOptions {
        guard let ablation = Ablation(statement.ablation) else { throw ExperimentError.ablation(statement.ablation) }
        guard (1...ExperimentError.mostSamples).contains(statement.samples) else {
            throw ExperimentError.samples(statement.samples)
        }
        var options = RunOptions(
            samples: statement.samples, backend: backend, memoryLimit: memoryLimit, threads: threads,
            ablation: ablation,
            isExact: statement.isExact, groupings: statement.groupings, width: statement.width)
        (options.keepsDraws, options.keepsReplicates, options.tuning) = (false, false, tuning)
        options.measuresDistance = statement.distance ?? true
        try options.round(as: statement)
        return options
    }
}

extension RunOptions {
    /// - Throws: `ConductorError.rounding` for a precision or storage that there is not.
    fileprivate mutating func round(as statement: RunStatement) throws {
        if let stated = statement.precision {
            guard let known = Precision(rawValue: stated) else { throw ConductorError.rounding(stated) }
            precision = known
        }
        if let stated = statement.storage {
            guard let known = Storage(rawValue: stated) else { throw ConductorError.rounding(stated) }
            storage = known
        }
    }
}
