internal import ScrubCore
internal import ScrubOps

extension LabelLogit: DeviceOp {
    static var samples: [KernelSpec] {
        [false, true].flatMap { biased in [false, true].map { spec(biased: biased, weighted: $0) } }
    }

    private static func spec(biased: Bool, weighted: Bool) -> KernelSpec {
        KernelSpec("label_logit", ["BIASED": biased ? 1 : 0, "WEIGHTED": weighted ? 1 : 0])
    }

    func kernels(for step: StepTypes) -> [KernelSpec] {
        [Self.spec(biased: biased, weighted: step.inputs.count > weights)]
    }

    func launch(_ call: Call, on stream: Stream) throws(OpenCLError) {
        let (x, w) = (call.types.inputs[0].shape, call.types.inputs[1].shape)
        try stream.launch(
            call.kernels[0], groups: call.rows, value: call.types.name,
            call.inputs.map { .input($0) } + [
                .place(call.output), .count(x.vectors), .count(x.width), .count(w.width),
            ]
                + call.reporting)
    }
}
