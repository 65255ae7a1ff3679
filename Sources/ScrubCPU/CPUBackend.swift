internal import CMicroKernels
public import ScrubPlan

/// What becomes of the positions of a row that nobody reads because they are padding: the latter two show that nobody
/// does.
public enum UnreadPadding: Sendable {
    case leftOut
    case computed
    /// Left out, with NaN in their place.
    case poisoned
}

/// Runs plans on the CPU, invariant bit for bit.
///
/// A row's value depends on its own inputs alone: not on the batch, the chunk, the number of threads, the instruction
/// set, or which other rows and positions are computed. Every sum runs in a fixed order with fused multiply-adds in
/// fixed places.
public struct CPUBackend: Backend {
    /// Threads of a run.
    public let threads: Int
    /// What the kernels are compiled for.
    public let instructionSet: InstructionSet
    /// What becomes of padding that nobody reads.
    public let padding: UnreadPadding
    /// Bytes of a second-level cache that a thread's values are to stay in.
    public let cacheBytes: Int

    /// - Parameters:
    ///   - threads: how many threads run chunks at once; all cores unless given, at least 1.
    ///   - instructionSet: the best that this CPU has unless given.
    ///   - padding: what becomes of padding that nobody reads; no output depends on it.
    ///   - cacheBytes: how much of a second-level cache a thread's values are to stay in; 256 KiB unless given, and no
    ///     output depends on it.
    public init(
        threads: Int? = nil, instructionSet: InstructionSet? = nil, padding: UnreadPadding = .leftOut,
        cacheBytes: Int? = nil
    ) {
        self.threads = max(1, threads ?? Machine.cores)
        self.instructionSet = instructionSet ?? .best
        self.padding = padding
        self.cacheBytes = max(1, cacheBytes ?? Phase.cacheBytes)
    }

    /// `cpu`; the CPU's model name; the micro-kernels' name, such as `avx512f 6x64`.
    public var identity: BackendIdentity {
        let driver = instructionSet.kernels.map { String(cString: $0.pointee.name) } ?? instructionSet.rawValue
        return BackendIdentity(name: "cpu", device: Machine.processor, driver: driver)
    }

    /// Chooses a routine for each step and a place for each value.
    ///
    /// - Throws: `CPUError.unsupportedInstructionSet`; `CPUError.malformedPlan` or an `OpError` when the plan is not
    /// well formed.
    /// - Complexity: O(steps × values alive at once).
    public func prepare(_ plan: Plan) throws -> any PreparedPlan {
        guard let kernels = Kernels(instructionSet) else {
            throw CPUError.unsupportedInstructionSet(instructionSet)
        }
        return try Program(plan, threads: threads, kernels: kernels, padding: padding, cacheBytes: cacheBytes)
    }
}
