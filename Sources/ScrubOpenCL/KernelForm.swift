internal import ScrubCore
internal import ScrubOps

/// A kernel as GPUs are asked for it: what a compiler must be given, without a device.
public struct KernelForm: Hashable, Sendable {
    /// The files below `Kernels` that are compiled together, in order.
    public let files: [String]
    /// The name of the kernel in the last.
    public let entry: String
    public let defines: [String: Int]

    private init?(_ spec: KernelSpec) {
        guard let file = KernelFile.all[spec.path] else { return nil }
        files = file.preceding + [file.path]
        entry = spec.entry
        defines = spec.defines
    }

    /// Every kernel that stands for others in checks of limits; of those that are tuned, what is tried on a GPU with tensor
    /// cores at the standard shapes, and at extreme ones what is taken without a trial, or tried first on tensor cores; products
    /// with each epilogue.
    /// None twice.
    public static let onGPUs: [KernelForm] = {
        let ops = Op.everyKind.map(\.onDevice)
        let untuned =
            ops.filter { !($0 is any TunableOp) }.flatMap { type(of: $0).samples } + Draws.samples
            + HalvedValues.kernels
        let tried = TunableStep.standard.flatMap { step in step.choices(on: .gpu).flatMap { step.kernels(of: $0) } }
        let taken = TunableStep.extreme.flatMap { step in
            let choices = step.choices(on: .gpu)
            return (choices.prefix(1) + choices.filter(\.isOnTensorCores).prefix(1)).flatMap { step.kernels(of: $0) }
        }
        var seen: Set<KernelSpec> = []
        return (untuned + [Linear.tensorKernel, Attention.tensorKernel] + tried + taken + Linear.finishing).filter {
            seen.insert($0).inserted
        }
        .compactMap { KernelForm($0) }
    }()
}

extension KernelChoice {
    fileprivate var isOnTensorCores: Bool { if case .tensorCores = self { true } else { false } }
}

extension TunableStep {
    /// Masks and biases, which the standard shapes lack, wide heads, and vectors that are short, or too long to keep.
    fileprivate static let extreme: [TunableStep] = {
        let products = [(1, 1), (5, 33), (768, 768)].map { inner, columns in
            let (x, b): (Shape, Shape) = ([Axis(.position, 16), Axis(.model, inner)], [Axis(.neuron, columns)])
            let w: Shape = [Axis(.model, inner), Axis(.neuron, columns)]
            return TunableStep(.linear(Linear()), [x, w, b].map { ValueType($0) }, rows: 64)
        }
        let heads = [(1, 512), (3, 5), (16, 128), (16, 256), (16, 512), (16, 4096)].map { queries, width in
            let q = ValueType([Axis(.position, queries), Axis(.head, width)])
            let k = ValueType([Axis(.position, 16), Axis(.head, width)])
            let op = Attention(causal: true, scale: 1, queries: Array(0..<queries))
            return TunableStep(.attention(op), [q, k, k, ValueType([Axis(.position, 16)])], rows: 64)
        }
        let norms = [1, 28, 20_001].flatMap { width in
            let (w, x) = (ValueType([Axis(.model, width)]), ValueType([Axis(.position, 16), Axis(.model, width)]))
            return [[x], [x, w, w]].map { TunableStep(.layerNorm(LayerNorm(epsilon: 1e-5)), $0, rows: 64) }
        }
        return (products + heads + norms).compactMap { $0 }
    }()

    /// The kernels of a choice on a GPU with tensor cores, in each precision.
    fileprivate func kernels(of choice: KernelChoice) -> [KernelSpec] {
        guard let op = op.onDevice as? any TunableOp else { return [] }
        return Precision.allCases.flatMap { precision in
            let types = try? types(on: .gpu, .automatic, hasTensorCores: true, precision: precision, choice)
            return types.flatMap { try? op.kernels(for: $0) } ?? []
        }
    }
}
