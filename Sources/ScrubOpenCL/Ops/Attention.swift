internal import ScrubCore
internal import ScrubOps

/// Two kernels: attention.cl, one item a query row, and few_queries.cl, one group a query row, where rows are few.
extension Attention: DeviceOp {
    /// Up to so many query rows few_queries.cl is the faster.
    private static let few = 4
    /// Bytes of local memory that every device grants a group, with room for the compiler's own alignment.
    private static let localBytes = 49_000

    private static func tiled(_ defines: [String: Int], queries: Int) -> KernelSpec {
        // The smallest group that leaves fewest items idle in the last group of a row.
        let group =
            [16, 32, 48, 64].min { ((queries + $0 - 1) / $0 * $0, -$0) < ((queries + $1 - 1) / $1 * $1, -$1) } ?? 64
        var spec = KernelSpec("attention", defines.merging(["GROUP": group]) { $1 })
        // One key with its value must fit: wide heads get all there is.
        if keyBytes(defines) > 16_384 { spec.defines["TILE_BYTES"] = localBytes }
        return spec
    }

    /// Bytes of local memory that one key takes with its value and mask.
    private static func keyBytes(_ defines: [String: Int]) -> Int {
        (((defines["D"] ?? 0) + 3) / 4 + ((defines["E"] ?? 0) + 3) / 4) * 16 + 4
    }

    private static func few(_ defines: [String: Int]) -> KernelSpec {
        KernelSpec("few_queries", folder: "attention", defines)
    }

    static var samples: [KernelSpec] {
        // Narrow, ordinary, no multiple of four, and wide heads.
        [(1, 1), (28, 28), (5, 7), (512, 512)].enumerated().flatMap { number, widths in
            let defines = ["D": widths.0, "E": widths.1, "CAUSAL": number % 2, "MASKED": (number + 1) / 2 % 2]
            return [few(defines), tiled(defines, queries: 42)]
        }
    }

    func kernels(for step: StepTypes) throws(OpenCLError) -> [KernelSpec] {
        let (queries, d, e) = (step.inputs[0].shape.vectors, step.inputs[0].shape.width, step.inputs[2].shape.width)
        let defines = ["D": d, "E": e, "CAUSAL": causal ? 1 : 0, "MASKED": step.inputs.count == 4 ? 1 : 0]
        if queries <= Self.few { return [Self.few(defines)] }
        guard Self.keyBytes(defines) <= Self.localBytes else {
            throw .unsupported(value: step.name, reason: "heads of \(d) and \(e) do not fit local memory")
        }
        return [Self.tiled(defines, queries: queries)]
    }

    func positions(for step: StepTypes) -> [Int] { queries ?? Array(0..<step.inputs[0].shape.vectors) }

    func launch(_ call: Call, on stream: Stream) throws(OpenCLError) {
        let (queries, keys) = (call.types.inputs[0].shape.vectors, call.types.inputs[1].shape.vectors)
        let kernel = try kernels(for: call.types)[0]
        let group = kernel.defines["GROUP"]
        try stream.launch(
            call.kernels[0], groups: call.rows * (group.map { (queries + $0 - 1) / $0 } ?? queries), size: group ?? 64,
            value: call.types.name,
            call.inputs.map { .input($0) } + [
                .place(call.positions), .place(call.output), .count(queries), .count(keys), .float(scale),
            ])
    }
}
