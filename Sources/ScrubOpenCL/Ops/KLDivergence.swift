internal import ScrubCore
internal import ScrubOps

extension KLDivergence: DeviceOp {
    static var samples: [KernelSpec] { [0, 1].map { KernelSpec("kl_divergence", ["SINGLE": $0]) } }

    func kernels(for step: StepTypes) -> [KernelSpec] {
        let logits = step.inputs[0].shape
        let division = logits.lanesAndVector(of: "kl_divergence/kl_divergence.cl", on: step.device)
        return [KernelSpec("kl_divergence", division.merging(["SINGLE": logits.width == 1 ? 1 : 0]) { $1 })]
    }

    func launch(_ call: Call, on stream: Stream) throws(OpenCLError) {
        let logits = call.types.inputs[0].shape
        try stream.launch(
            call.kernels[0], groups: call.rows, value: call.types.name,
            call.inputs.map { .input($0) } + [
                .place(call.output), .count(logits.vectors), .count(logits.classes),
            ])
    }
}
