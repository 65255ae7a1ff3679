internal import Foundation
public import ScrubOpenCL
public import ScrubPlan
public import ScrubPlanner

/// How to run an experiment; what is not stated is chosen.
public struct RunOptions: Sendable {
    /// Replicates. A replay takes the number it holds.
    public var samples: Int
    public var seed: UInt64
    public var backend: BackendChoice
    /// Bytes that the run may hold at once; nil for half of the machine's memory, or of the device's where that is
    /// less.
    public var memoryLimit: Int?
    /// Threads of the CPU engine; nil for one each core.
    public var threads: Int?
    /// Without, every claim is computed for every replicate: the plain plan.
    public var optimises: Bool
    /// Rows to a chunk, instead of what the planner chooses. No figure depends on it.
    public var chunks: Chunks?
    /// Keeps what the first behaviour reads for each replicate, up to `mostOutputBytes`.
    public var keepsOutputs: Bool
    /// Keeps the rows drawn, 4 bytes for each table and replicate.
    public var keepsDraws = true
    /// Keeps what was measured in each replicate. Otherwise, where no figure needs more, that of the first 2^15: memory
    /// does not grow with the number of samples, and figures that need order, such as quantiles, are made of these.
    public var keepsReplicates = true
    /// What replaces the inputs that no claim claims.
    public var ablation: Ablation
    /// Runs every combination of draws with its probability, instead of samples.
    public var isExact: Bool
    /// By what figures are told apart besides: columns or SQL expressions over the reference datum, several in one
    /// grouping separated by commas.
    public var groupings: [String]
    /// Draws more replicates until the interval of the first figure's share recovered is this narrow.
    public var width: Double?
    /// Replicates that are drawn and run at a time; nil for as many as tables of a bounded size hold. No figure of the CPU
    /// depends on it.
    public var round: Int?
    /// A file of index tables to run instead of drawing them.
    public var replay: String?
    /// A file with the plan to run, instead of planning.
    public var plan: String?

    /// Whether to measure how far whole outputs lie from the model's. Without, a logit difference against a column
    /// computes no other logits.
    public var measuresDistance = true

    /// Of the factors of matrix products, on OpenCL devices. Figures in another than `exact` come with their error:
    /// `Experiment.precisionErrors(of:_:progress:)`.
    public var precision = Precision.exact
    /// How values of the dataset axis are kept for gathers, on OpenCL devices. Figures come with the error of another than
    /// `f32`, as with that of a precision.
    public var storage = Storage.f32

    /// What is asked for besides float32, for messages: `bf16`, `f16 storage`, both, or nothing.
    public var rounding: String? { rounding(\.rawValue) { "\($0) storage" } }

    /// The same in other words.
    func rounding(_ words: (Precision) -> String, _ others: (Storage) -> String) -> String? {
        let asked = (precision == .exact ? [] : [words(precision)]) + (storage == .f32 ? [] : [others(storage)])
        return asked.isEmpty ? nil : asked.joined(separator: " with ")
    }

    /// What was measured to be fastest on a device: `TuningStore` keeps it. Figures may differ in the last digits between
    /// tunings; nothing is looked up unless this is set.
    public var tuning: @Sendable (OpenCLDevice) -> Tuning? = { _ in nil }

    /// The most bytes of outputs that a run keeps.
    public static let mostOutputBytes = 1 << 30
    /// The most replicates that `width` draws.
    public static let mostReplicates = 4_000_000

    /// The limit stated, or half of the machine's memory.
    var memory: Int { memoryLimit ?? Int(clamping: ProcessInfo.processInfo.physicalMemory / 2) }

    public init(
        samples: Int = 4000, seed: UInt64 = 0, backend: BackendChoice = .auto, memoryLimit: Int? = nil,
        threads: Int? = nil,
        optimises: Bool = true, chunks: Chunks? = nil, keepsOutputs: Bool = false, replay: String? = nil,
        plan: String? = nil, ablation: Ablation = .resample, isExact: Bool = false,
        groupings: [String] = [], width: Double? = nil
    ) {
        self.samples = samples
        self.seed = seed
        self.backend = backend
        self.memoryLimit = memoryLimit
        self.threads = threads
        self.optimises = optimises
        self.chunks = chunks
        self.keepsOutputs = keepsOutputs
        self.replay = replay
        self.plan = plan
        self.ablation = ablation
        self.isExact = isExact
        self.groupings = groupings
        self.width = width
    }
}
