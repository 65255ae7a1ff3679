public import ScrubOps

/// A kernel for which the fastest values of its tunables are worth measuring.
public enum TunableKernel: String, Codable, Hashable, Sendable, CaseIterable {
    case attention, linear
    case layerNorm = "layer_norm"

    /// That of an operation; nil where nothing is tuned.
    public init?(_ op: Op) {
        switch op {
        case .attention: self = .attention
        case .linear: self = .linear
        case .layerNorm: self = .layerNorm
        default: return nil
        }
    }

    /// Of its file, below `Kernels`.
    public var path: String { "\(rawValue)/\(rawValue).cl" }

    /// Of its file for tensor cores; nil where there is none.
    public var tensorPath: String? { self == .layerNorm ? nil : "\(rawValue)/\(rawValue)_mma.cl" }

    /// What is asked of a compiler to know whether it takes that file; nil where there is none.
    var tensorKernel: KernelSpec? {
        switch self {
        case .attention: Attention.tensorKernel
        case .linear: Linear.tensorKernel
        case .layerNorm: nil
        }
    }

    /// SHA-256 of what makes it: `Tuning.Entry.source`.
    ///
    /// - Parameter replaced: texts that stand for those of kernel files, by path below `Kernels`.
    public func source(replacing replaced: [String: String] = [:]) -> String {
        KernelFile.source(of: [path] + (tensorPath.map { [$0] } ?? []), replacing: replaced)
    }

    /// The sizes that name a class of shapes, in the order in which they are written.
    var sizes: [String] {
        switch self {
        case .attention: ["queries", "keys", "width", "causal", "masked"]
        case .linear: ["rows", "inner", "columns", "aligned"]
        case .layerNorm: ["width"]
        }
    }
}
