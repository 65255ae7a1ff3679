internal import ScrubCore
internal import ScrubOps

extension LayerNorm: TunableOp {
    /// Shorter than a vector, ordinary, and too long to keep.
    static var samples: [KernelSpec] {
        [1, 28, 768, 20_001].flatMap { width in
            [0, 1].map { KernelSpec("layer_norm", ["WIDTH": width, "AFFINE": $0]) }
        }
    }

    func standard(for step: StepTypes) -> KernelChoice {
        .own(step.output.shape.lanesAndVector(of: "layer_norm/layer_norm.cl", on: step.device))
    }

    func candidates(for step: StepTypes) -> [KernelChoice] {
        let isCPU = step.device == .cpu
        let lanes = isCPU ? [1] : [8, 16, 32, 64]
        let vectors = isCPU ? [16, 8, 4] : [4, 1]
        var choices: [KernelChoice] = []
        for lanes in lanes {
            for vector in vectors {
                choices.append(.own(["LANES": lanes, "VECTOR": vector]))
                for held in isCPU ? [256, 0] : [16] {
                    choices.append(.own(["LANES": lanes, "VECTOR": vector, "HELD": held]))
                }
            }
        }
        return choices
    }

    func kernels(for step: StepTypes) -> [KernelSpec] {
        let known = ["WIDTH": step.output.shape.width, "AFFINE": step.inputs.count == 3 ? 1 : 0]
        return [KernelSpec("layer_norm", known.merging(defines(for: step)) { $1 })]
    }

    func launch(_ call: Call, on stream: Stream) throws(OpenCLError) {
        let shape = call.types.output.shape
        let vectors = call.rows * shape.vectors
        guard vectors < Int(Int32.max) else { throw .tooMany(vectors, value: call.types.name) }
        let together = 64 / (defines(for: call.types)["LANES"] ?? 1)
        try stream.launch(
            call.kernels[0], groups: (vectors + together - 1) / together, value: call.types.name,
            call.inputs.map { .input($0) } + [
                .place(call.output), .count(call.rows), .count(shape.vectors), .float(epsilon),
            ])
    }
}
