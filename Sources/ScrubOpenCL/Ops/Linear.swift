internal import ScrubCore
internal import ScrubOps

/// Either linear.cl or CLBlast, which one by `OpenCLBackend.Product`. CLBlast has no bias: bias.cl puts it there first.
extension Linear: DeviceOp {
    static var samples: [KernelSpec] {
        [0, 1].map { Self.own(biased: $0 == 1) } + [KernelSpec("bias", folder: "linear")]
    }

    private static func own(biased: Bool) -> KernelSpec { KernelSpec("linear", ["BIASED": biased ? 1 : 0]) }

    private func usesBLAS(_ step: StepTypes) -> Bool {
        let w = step.inputs[1].shape
        return step.product.usesBLAS(inner: w.vectors, columns: w.width, on: step.device)
    }

    func kernels(for step: StepTypes) throws(OpenCLError) -> [KernelSpec] {
        guard !step.constant[0], step.constant.dropFirst().allSatisfy({ $0 }) else {
            throw .unsupported(value: step.name, reason: "a product takes a row's value and constant weights")
        }
        let biased = step.inputs.count == 3
        if usesBLAS(step) { return biased ? [KernelSpec("bias", folder: "linear")] : [] }
        return [Self.own(biased: biased)]
    }

    func launch(_ call: Call, on stream: Stream) throws(OpenCLError) {
        let w = call.types.inputs[1].shape
        let (m, n, k) = (call.rows * call.types.output.shape.vectors, w.width, w.vectors)
        guard m < Int(Int32.max) else { throw .tooMany(m, value: call.types.name) }
        let bias = call.inputs.count == 3 ? call.inputs[2] : nil
        if usesBLAS(call.types) {
            if let bias {
                try stream.launch(
                    call.kernels[0], groups: stream.groups(rows: m, count: n), value: call.types.name,
                    [.place(bias), .place(call.output), .count(m), .count(n)])
            }
            try stream.multiply(
                call.inputs[0], call.inputs[1], into: call.output, adding: bias != nil, m: m, n: n, k: k,
                scratch: call.scratch)
        } else {
            let rows = 128
            try stream.launch(
                call.kernels[0], groups: ((m + rows - 1) / rows) * ((n + 31) / 32), value: call.types.name,
                [.place(call.inputs[0]), .place(call.inputs[1])] + (bias.map { [.place($0)] } ?? []) + [
                    .place(call.output), .count(m), .count(n), .count(k),
                ])
        }
    }
}
