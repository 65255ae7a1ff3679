internal import ScrubCore
internal import ScrubOps

/// One step with its operands on a device, on which choices for its kernel are tried.
package final class TrialBench {
    private let backend: OpenCLBackend
    private let op: any TunableOp
    private let step: TunableStep
    private let inputs: [Operand]
    private let output: Operand
    private let positions: Operand
    private let status: Buffer
    private var scratch: Buffer?

    /// - Parameter values: of each input, `[rows, axes]`, or `[axes]` where constant.
    /// - Returns: nil where the step has nothing to tune.
    package init?(_ step: TunableStep, _ values: [[Float]], on backend: OpenCLBackend) throws(OpenCLError) {
        guard let op = step.op.onDevice as? any TunableOp else { return nil }
        self.op = op
        self.step = step
        self.backend = backend
        let (stream, context) = (try Stream(backend.context, programs: []), backend.context)
        var inputs: [Operand] = []
        for (number, values) in values.enumerated() {
            let buffer = try Buffer(bytes: 4 * values.count, for: "an input of a trial", in: context)
            try stream.write(values, to: buffer)
            let stride = step.isConstant(number) ? 0 : step.inputs[number].shape.count
            inputs.append(Operand(buffer: buffer, offset: 0, stride: stride))
        }
        self.inputs = inputs
        let types = try step.types(on: backend.device.kind, backend.product, hasTensorCores: false)
        let count = types.output.shape.count
        output = Operand(
            buffer: try Buffer(bytes: 4 * count * step.rows, for: "the output of a trial", in: context), offset: 0,
            stride: count)
        let list = op.positions(for: types).map { Int32(clamping: $0) }
        positions = Operand(
            buffer: try Buffer(bytes: 4 * list.count, for: "the positions of a trial", in: context), offset: 0,
            stride: 0)
        try stream.write(list, to: positions.buffer)
        status = try Buffer(bytes: 16, for: "the status of a trial", in: context)
    }

    /// Every choice that is worth a trial, that without a tuning first.
    package var choices: [KernelChoice] {
        step.choices(
            on: backend.device.kind, backend.product, hasTensorCores: backend.hasTensorCores(for: step.shape.kernel))
    }

    private func types(_ choice: KernelChoice? = nil) throws(OpenCLError) -> StepTypes {
        try step.types(
            on: backend.device.kind, backend.product, hasTensorCores: backend.hasTensorCores(for: step.shape.kernel),
            precision: backend.precision, choice)
    }

    /// Compiles the kernels of a choice. What the output held before is gone, so that no other trial's result is found.
    ///
    /// - Throws: `OpenCLError.build`, or `.groupLimit` where the device has too little for a group.
    package func trial(_ choice: KernelChoice) throws(OpenCLError) -> Trial {
        let types = try types(choice)
        var programs: [Program] = []
        for spec in try op.kernels(for: types) {
            let program = try backend.program(spec)
            try check(Kernel(program), spec)
            programs.append(program)
        }
        let stream = try Stream(backend.context, programs: programs)
        try stream.write([Float](repeating: .nan, count: output.stride * step.rows), to: output.buffer)
        let call = Call(
            types: types, step: 1, rows: step.rows, firstRow: 0, inputs: inputs, output: output,
            kernels: Array(programs.indices), positions: positions,
            tables: Operand(buffer: status, offset: 0, stride: 0), status: status,
            scratch: { [self] (elements) throws(OpenCLError) in try scratch(elements) })
        return Trial(op, call, on: stream)
    }

    private func check(_ kernel: Kernel, _ spec: KernelSpec) throws(OpenCLError) {
        let device = backend.device
        let (bytes, items) = (try kernel.localBytes(on: device), try kernel.groupItems(on: device))
        if bytes > device.localMemory {
            throw .groupLimit(
                kernel: spec.description, takes: bytes, limit: device.localMemory, unit: "bytes of local memory")
        }
        let most = min(device.largestWorkGroup, try kernel.mostItems(on: device))
        if items > most {
            throw .groupLimit(kernel: spec.description, takes: items, limit: most, unit: "work-items")
        }
    }

    private func scratch(_ elements: Int) throws(OpenCLError) -> Buffer {
        if let scratch, scratch.bytes >= 4 * elements { return scratch }
        let larger = try Buffer(bytes: 4 * elements, for: "scratch for a product", in: backend.context)
        scratch = larger
        return larger
    }
}
