internal import ScrubCore
internal import ScrubOps

extension AttentionPattern: DeviceOp {
    static var samples: [KernelSpec] {
        [0, 1].flatMap { causal in
            [0, 1].map { KernelSpec("attention_pattern", ["CAUSAL": causal, "MASKED": $0]) }
        }
    }

    func kernels(for step: StepTypes) -> [KernelSpec] {
        [KernelSpec("attention_pattern", ["CAUSAL": causal ? 1 : 0, "MASKED": step.inputs.count == 3 ? 1 : 0])]
    }

    func positions(for step: StepTypes) -> [Int] { queries ?? Array(0..<step.inputs[0].shape.vectors) }

    func launch(_ call: Call, on stream: Stream) throws(OpenCLError) {
        let (q, k) = (call.types.inputs[0].shape, call.types.inputs[1].shape)
        try stream.launch(
            call.kernels[0], groups: call.rows * q.vectors, value: call.types.name,
            call.inputs.map { .input($0) } + [
                .place(call.positions), .place(call.output), .count(q.vectors), .count(k.vectors), .count(q.width),
                .float(scale),
            ])
    }
}
