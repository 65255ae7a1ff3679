internal import CMicroKernels

/// Which micro-kernels the matrix product uses. All of them give the same bits; they differ in speed alone.
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

    /// Its kernels; nil when this CPU lacks it. The pointer is to static data.
    var kernels: UnsafePointer<scrub_micro_kernels>? {
        switch self {
        case .baseline: scrub_micro_kernels_at(0)
        case .avx2: scrub_micro_kernels_at(1)
        case .avx512: scrub_micro_kernels_at(2)
        }
    }
}
