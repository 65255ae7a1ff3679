public import ScrubCore

/// An engine that runs plans. Two verbs: prepare a plan once, run it with any bindings.
public protocol Backend: Sendable {
    /// `cpu` or `opencl:0`, and the device behind it.
    var identity: BackendIdentity { get }

    /// Makes ready what does not depend on bindings: kernels built, buffers laid out.
    ///
    /// - Throws: a `Diagnostic` whose fault is `.device` when the device cannot run it.
    func prepare(_ plan: Plan) throws -> any PreparedPlan
}

/// A plan that one engine is ready to run.
public protocol PreparedPlan: Sendable {
    var plan: Plan { get }

    /// The bytes that a run has allocated at its peak, known before it: `RunRecord.peakBytes`, to the byte.
    ///
    /// - Parameters:
    ///   - datasetRows: rows bound on the dataset axis.
    ///   - replicates: most that are run at a time.
    func peakBytes(datasetRows: Int, replicates: Int) -> Int

    /// The same of a run that draws rows itself; nil where it cannot. An engine need not: rows are drawn for it then.
    func peakBytes(datasetRows: Int, replicates: Int, drawing draws: RowDraws) -> Int?

    /// Computes the dataset axis, then lets `body` run replicates on what was kept of it, as often as it likes.
    ///
    /// - Parameters:
    ///   - data: what is bound on the dataset axis, and constants.
    ///   - progress: called after each chunk, from any one thread at a time.
    ///   - body: is given the roots on the dataset axis, `[rows, axes of their type]`, and runs replicates; what was
    ///     kept lives as long as it.
    /// - Returns: what was executed in all.
    /// - Throws: `BindingError`, a `Diagnostic` whose fault is `.device`, or what `body` throws.
    func run(
        _ data: DatasetBindings, progress: @Sendable (RunProgress) -> Void,
        _ body: (any ReplicateRun, [String: HostTensor]) throws -> Void
    ) throws -> RunRecord
}

/// Runs replicates on a computed dataset axis.
public protocol ReplicateRun {
    /// - Parameter tables: for every table of the plan, by number: a row of the dataset axis for each replicate.
    /// - Returns: the roots on the replicate axis, `[replicates, axes of their type]`.
    /// - Throws: `BindingError`, or a `Diagnostic` whose fault is `.device`.
    func run(_ tables: [[Int32]]) throws -> [String: HostTensor]

    /// Runs replicates whose rows it draws, as `DatasetBindings.draws` says.
    ///
    /// - Parameters:
    ///   - replicates: which, of all that there are.
    ///   - seed: of the draws.
    /// - Returns: the roots on the replicate axis, `[replicates, axes of their type]`.
    /// - Throws: `BindingError.nothingDrawn`; `.noDraws`; a `Diagnostic` whose fault is `.device`.
    func run(drawing replicates: Range<Int>, seed: UInt64) throws -> [String: HostTensor]

    /// What was executed so far, on both axes.
    var record: RunRecord { get }
}

/// An error that names the row, of those that are run at a time, at which it was met.
public protocol RowError: Diagnostic {
    /// The same, met as many rows later.
    func following(_ rows: Int) -> Self
}

extension ReplicateRun {
    public func run(drawing replicates: Range<Int>, seed: UInt64) throws -> [String: HostTensor] {
        throw BindingError.noDraws
    }
}

extension PreparedPlan {
    public func peakBytes(datasetRows: Int, replicates: Int, drawing draws: RowDraws) -> Int? { nil }

    /// Both axes at once: every root.
    public func run(
        _ bindings: Bindings, progress: @Sendable (RunProgress) -> Void = { _ in }
    ) throws -> RunResult {
        try bindings.check(against: plan)
        var roots: [String: HostTensor] = [:]
        let record = try run(bindings.data, progress: progress) { run, known in
            roots = try run.run(bindings.tables).merging(known) { first, _ in first }
        }
        return RunResult(roots: roots, record: record)
    }
}

/// Which engine and device produced a figure.
public struct BackendIdentity: Hashable, Sendable, Codable {
    /// As a user names it: `cpu`, `opencl:0`.
    public var name: String
    /// The device's own name.
    public var device: String
    /// Driver or instruction set, with its version.
    public var driver: String

    public init(name: String, device: String, driver: String) {
        self.name = name
        self.device = device
        self.driver = driver
    }
}

/// How far a run is.
public struct RunProgress: Hashable, Sendable {
    public var phase: Rows
    public var done: Int
    public var total: Int

    public init(phase: Rows, done: Int, total: Int) {
        self.phase = phase
        self.done = done
        self.total = total
    }

    /// What is done of all, 0 where there is nothing.
    public var share: Double { Double(done) / Double(max(1, total)) }
}

/// What a run returns.
public struct RunResult: Sendable {
    /// By root name.
    public var roots: [String: HostTensor]
    public var record: RunRecord

    public init(roots: [String: HostTensor], record: RunRecord) {
        self.roots = roots
        self.record = record
    }
}

/// What an engine did, counted while it did it.
public struct RunRecord: Hashable, Sendable, Codable {
    /// Chunks run on each row axis.
    public var chunks: [Rows: Int] = [:]
    /// Steps whose values the engine's own device made, one by one or together, by op, over all chunks.
    public var deviceSteps: [String: Int] = [:]
    /// Steps that ran on the host for want of a kernel, by op. Empty on both engines; a test says so.
    public var hostSteps: [String: Int] = [:]
    /// The most times that any one chunk was read back from the device.
    public var readBacksPerChunk = 0
    /// Kernels launched (0 on the CPU).
    public var kernelLaunches = 0
    /// Most bytes that were allocated at once for values, weights and tables, on any one engine.
    public var peakBytes = 0

    private enum CodingKeys: String, CodingKey {
        case chunks
        case deviceSteps = "device_steps"
        case hostSteps = "host_steps"
        case readBacksPerChunk = "read_backs_per_chunk"
        case kernelLaunches = "kernel_launches"
        case peakBytes = "peak_bytes"
    }

    public init() {}

    /// What several engines did beside each other.
    init(_ all: [RunRecord]) {
        for record in all { add(record) }
    }

    /// Adds what another engine did beside this one.
    private mutating func add(_ other: RunRecord) {
        chunks.merge(other.chunks, uniquingKeysWith: +)
        deviceSteps.merge(other.deviceSteps, uniquingKeysWith: +)
        hostSteps.merge(other.hostSteps, uniquingKeysWith: +)
        readBacksPerChunk = max(readBacksPerChunk, other.readBacksPerChunk)
        kernelLaunches += other.kernelLaunches
        peakBytes = max(peakBytes, other.peakBytes)
    }
}
