internal import ScrubCore
internal import ScrubOps

extension ExpectedLabelScore: DeviceOp {
    static var samples: [KernelSpec] {
        LabelScore.Kind.allCases.flatMap { kind in
            [0, 1].map { KernelSpec("expected_label_score", ["KIND": kind.number, "SINGLE": $0]) }
        }
    }

    func kernels(for step: StepTypes) -> [KernelSpec] {
        let logits = step.inputs[0].shape
        let lanes = logits.lanes(of: "expected_label_score/expected_label_score.cl", on: step.device)
        return [
            KernelSpec(
                "expected_label_score",
                ["KIND": kind.number, "SINGLE": logits.width == 1 ? 1 : 0, "LANES": lanes])
        ]
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
