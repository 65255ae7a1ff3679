internal import ScrubCore
internal import ScrubOps

extension LabelScore: DeviceOp {
    static var samples: [KernelSpec] {
        Kind.allCases.flatMap { kind in
            [0, 1].map { weighted in
                KernelSpec("label_score", ["KIND": kind.number, "SINGLE": weighted, "WEIGHTED": weighted])
            }
        }
    }

    func kernels(for step: StepTypes) -> [KernelSpec] {
        let logits = step.inputs[0].shape
        return [
            KernelSpec(
                "label_score",
                [
                    "KIND": kind.number, "SINGLE": logits.width == 1 ? 1 : 0,
                    "WEIGHTED": step.inputs.count == 3 ? 1 : 0,
                    "LANES": logits.lanes(of: "label_score/label_score.cl", on: step.device),
                ])
        ]
    }

    func launch(_ call: Call, on stream: Stream) throws(OpenCLError) {
        let logits = call.types.inputs[0].shape
        try stream.launch(
            call.kernels[0], groups: call.rows, value: call.types.name,
            call.inputs.map { .input($0) } + [
                .place(call.output), .count(logits.vectors), .count(logits.classes),
            ]
                + call.reporting)
    }
}

extension LabelScore.Kind {
    /// What the kernels call it.
    var number: Int {
        switch self {
        case .logit: 0
        case .margin: 1
        case .probability: 2
        case .correct: 3
        }
    }
}
