internal import ScrubCore
internal import ScrubOps

extension LayerNorm: DeviceOp {
    static var samples: [KernelSpec] { [0, 1].map { KernelSpec("layer_norm", ["AFFINE": $0]) } }

    func kernels(for step: StepTypes) -> [KernelSpec] {
        let lanes = step.output.shape.lanes(of: "layer_norm/layer_norm.cl")
        return [KernelSpec("layer_norm", ["AFFINE": step.inputs.count == 3 ? 1 : 0, "LANES": lanes])]
    }

    func launch(_ call: Call, on stream: Stream) throws(OpenCLError) {
        let shape = call.types.output.shape
        let vectors = call.rows * shape.vectors
        guard vectors < Int(Int32.max) else { throw .tooMany(vectors, value: call.types.name) }
        let together = 64 / shape.lanes(of: "layer_norm/layer_norm.cl")
        try stream.launch(
            call.kernels[0], groups: (vectors + together - 1) / together, value: call.types.name,
            call.inputs.map { .input($0) } + [
                .place(call.output), .count(call.rows), .count(shape.vectors), .count(shape.width), .float(epsilon),
            ])
    }
}
