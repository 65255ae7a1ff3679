internal import ScrubOps

/// A kernel as a device built it.
public struct KernelReport: Hashable, Sendable {
    /// The file, and the defines that differ from none: `attention/attention.cl D=28 E=28`.
    public let kernel: String
    /// Bytes of local memory that a work-group takes.
    public let localBytes: Int
}

extension OpenCLBackend {
    /// Builds every kernel that any op or draw can ask for, at extreme shapes, and with every legal value of each tunable.
    ///
    /// - Throws: `OpenCLError.build` for the first that the device does not accept.
    public func inspectKernels() throws(OpenCLError) -> [KernelReport] {
        var reports: [KernelReport] = []
        let onTensorCores = TunableKernel.allCases.filter(hasTensorCores).compactMap(\.tensorPath)
        for sample in Op.everyKind.flatMap({ type(of: $0.onDevice).samples }) + Draws.samples
            + HalvedValues.kernels
        {
            for var spec in sample.tuned {
                if onTensorCores.contains(spec.path) { spec.defines["EMULATED"] = 0 }
                let bytes = try Kernel(program(spec)).localBytes(on: device)
                reports.append(KernelReport(kernel: spec.description, localBytes: bytes))
            }
        }
        return reports
    }
}

extension KernelSpec: CustomStringConvertible {
    var description: String {
        ([path] + defines.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }).joined(separator: " ")
    }

    /// This kernel, and with each legal value of each tunable that it does not set itself.
    fileprivate var tuned: [KernelSpec] {
        var specs = [self]
        for tunable in KernelFile.all[path]?.tunables ?? [] where defines[tunable.name] == nil {
            for value in tunable.legal where value != tunable.standard {
                var spec = self
                spec.defines[tunable.name] = value
                specs.append(spec)
            }
        }
        return specs
    }
}
