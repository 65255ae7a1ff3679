internal import CMicroKernels

/// Which kernels the engine uses. All of them give the same bits; they differ in speed alone.
public enum InstructionSet: String, Hashable, Sendable, CaseIterable {
    /// Any CPU. Slow where it has no fused multiply-add, since the result is fused all the same.
    case baseline
    /// AVX2 with FMA.
    case avx2
    /// AVX-512F.
    case avx512

    /// Whether this CPU has it.
    public var isSupported: Bool { kernels != nil }

    /// The fastest that this CPU has.
    public static var best: InstructionSet { allCases.last { $0.isSupported } ?? .baseline }

    /// Its micro-kernels; nil when this CPU lacks it. The pointer is to static data.
    var kernels: UnsafePointer<scrub_micro_kernels>? { scrub_micro_kernels_at(level) }

    /// Its number in `CMicroKernels`.
    var level: Int32 {
        switch self {
        case .baseline: 0
        case .avx2: 1
        case .avx512: 2
        }
    }
}
