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

    /// Every kernel that stands for others in checks of limits, and every form that tuning tries on a GPU with tensor cores
    /// at the standard shapes; none twice.
    public static let onGPUs: [KernelForm] = {
        let samples = (Op.everyKind.flatMap { type(of: $0.onDevice).samples } + Draws.samples).map { sample in
            var spec = sample
            if spec.defines["EMULATED"] != nil { spec.defines["EMULATED"] = 0 }
            return spec
        }
        let tried = TunableStep.standard.flatMap { step in
            step.choices(on: .gpu).flatMap { step.kernels(of: $0) }
        }
        var seen: Set<KernelSpec> = []
        return (samples + tried).filter { seen.insert($0).inserted }.compactMap { KernelForm($0) }
    }()
}

extension TunableStep {
    /// The kernels of a choice on a GPU with tensor cores, in each precision.
    fileprivate func kernels(of choice: KernelChoice) -> [KernelSpec] {
        guard let op = op.onDevice as? any TunableOp else { return [] }
        return Precision.allCases.flatMap { precision in
            let types = try? types(on: .gpu, .automatic, hasTensorCores: true, precision: precision, choice)
            return types.flatMap { try? op.kernels(for: $0) } ?? []
        }
    }
}
