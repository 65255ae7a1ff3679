internal import ScrubCore
internal import ScrubOps

/// attention.cl or attention_mma.cl, which one by what the device has, the precision, and what was measured.
extension Attention: TunableOp {
    /// Elements of a value that local memory holds at least one of.
    private static let widest = 4096

    /// How a group divides its work, from what it is known of so far.
    ///
    /// On CPUs, vectors as wide as the machine's and few items: measured on PoCL 3.1 with AVX2. On GPUs, items that
    /// fill two warps, or one where queries are few, with as many rows each as leave it registers: chosen by reasoning, not
    /// measured.
    private static func tiles(queries: Int, widest: Int, on kind: OpenCLDevice.Kind) -> [String: Int] {
        if kind == .cpu {
            let rows = queries == 1 ? 1 : 2
            return [
                "VECTOR": 16, "ACROSS": widest <= 48 ? 1 : 2, "TM": rows,
                "DOWN": down([1, 2, 4, 8, 16], rows: rows, queries: queries),
            ]
        }
        if queries <= 4 {
            let rows = [1, 2, 4, 4][queries - 1]
            return ["VECTOR": 1, "ACROSS": 32, "TM": Self.rows(rows, widest, vector: 1, across: 32), "DOWN": 1]
        }
        let across = widest <= 512 ? 8 : 32
        let rows = rows(4, widest, vector: 4, across: across)
        let downs = across == 8 ? [4, 8] : [2, 4]
        return ["VECTOR": 4, "ACROSS": across, "TM": rows, "DOWN": down(downs, rows: rows, queries: queries)]
    }

    /// Elements of z that an item keeps for one of its rows.
    private static func kept(_ widest: Int, vector: Int, across: Int) -> Int {
        (widest + across * vector - 1) / (across * vector) * vector
    }

    /// So many rows of one item, or half as many and so on, that it keeps no more than 64 elements if that can be.
    private static func rows(_ most: Int, _ widest: Int, vector: Int, across: Int) -> Int {
        var rows = most
        while rows > 1, rows * kept(widest, vector: vector, across: across) > 64 { rows /= 2 }
        return rows
    }

    /// Of some numbers of items over query rows the one that costs least: a group computes its idle rows too, and stages
    /// the keys, which takes about as long as eight rows.
    static func down(_ legal: [Int], rows: Int, queries: Int) -> Int {
        func cost(_ down: Int) -> Int { (queries + down * rows - 1) / (down * rows) * (down * rows + 8) }
        return legal.min { (cost($0), -$0) < (cost($1), -$1) } ?? 1
    }

    /// On tensor cores where there are some, a step fills their blocks, and less than float32 is asked for, as products.
    func standard(for step: StepTypes) -> KernelChoice {
        Self.tensorStandard(for: step).map { .tensorCores($0) } ?? portable(for: step)
    }

    private func portable(for step: StepTypes) -> KernelChoice {
        let widest = max(step.inputs[0].shape.width, step.inputs[2].shape.width)
        return .own(Self.tiles(queries: step.inputs[0].shape.vectors, widest: widest, on: step.device))
    }

    /// A tuning finds what is fastest exactly, and so tells nothing of another precision but where it takes tensor cores,
    /// or where there are none: attention.cl rounds nothing.
    func choice(for step: StepTypes) -> KernelChoice {
        let choice = step.choice ?? standard(for: step)
        if case .tensorCores(let tiles) = choice { return Self.fits(tiles, step) ? choice : portable(for: step) }
        return step.precision != .exact && step.hasTensorCores ? standard(for: step) : choice
    }

    func candidates(for step: StepTypes) -> [KernelChoice] {
        let (queries, isCPU) = (step.inputs[0].shape.vectors, step.device == .cpu)
        let forms = isCPU ? [(16, 1), (16, 2), (8, 2), (16, 4)] : [(4, 8), (1, 32), (4, 16), (1, 16)]
        let many = isCPU ? [(2, 8), (2, 16), (2, 4), (4, 4)] : [(4, 8), (4, 4), (2, 8), (1, 8)]
        // Of one row or two, where there are no more.
        let rows = queries <= 2 ? [(1, 1), (2, 1)] : many
        let widest = max(step.inputs[0].shape.width, step.inputs[2].shape.width)
        let choices = forms.flatMap { vector, across in
            // Beyond that many elements, a GPU's item has no registers left.
            rows.filter { isCPU || $0.0 * Self.kept(widest, vector: vector, across: across) <= 128 }
                .map { ["VECTOR": vector, "ACROSS": across, "TM": $0, "DOWN": $1] }
        }
        // Another stage is worth a trial with the widest group alone.
        let staged = choices.prefix(1).map { $0.merging(["STAGE": isCPU ? 4096 : 1024]) { $1 } }
        return Self.tensorCandidates(for: step).map { .tensorCores($0) } + (choices + staged).map { .own($0) }
    }

    static var samples: [KernelSpec] {
        // Narrow, ordinary, no multiple of four, and wide heads; each legal value of what can be tuned at one of them.
        let narrow = [(1, 1), (28, 28), (5, 7)].enumerated().flatMap { number, widths in
            let defines = ["D": widths.0, "E": widths.1, "CAUSAL": number % 2, "MASKED": (number + 1) / 2 % 2]
            return [OpenCLDevice.Kind.cpu, .gpu].flatMap { kind in
                [3, 42].map { queries in
                    let tiles = Self.tiles(queries: queries, widest: max(widths.0, widths.1), on: kind)
                    return KernelSpec("attention", defines.merging(tiles) { $1 })
                }
            }
        }
        return narrow + [KernelSpec("attention", ["D": 512, "E": 512, "CAUSAL": 1, "MASKED": 1])] + tensorSamples
    }

    func kernels(for step: StepTypes) throws(OpenCLError) -> [KernelSpec] {
        let (d, e) = (step.inputs[0].shape.width, step.inputs[2].shape.width)
        guard e <= Self.widest else {
            throw .unsupported(value: step.name, reason: "values of \(e) elements do not fit local memory")
        }
        let defines = ["D": d, "E": e, "CAUSAL": causal ? 1 : 0, "MASKED": step.inputs.count == 4 ? 1 : 0]
        guard case .tensorCores(let tiles) = choice(for: step) else {
            return [KernelSpec("attention", defines.merging(self.defines(for: step)) { $1 })]
        }
        return (d % 4 == 0 && e % 4 == 0 ? [1, 4] : [1]).map {
            Self.onTensorCores(defines, step.precision, wide: $0, emulated: !step.hasTensorCores, tiles)
        }
    }

    func positions(for step: StepTypes) -> [Int] { queries ?? Array(0..<step.inputs[0].shape.vectors) }

    func launch(_ call: Call, on stream: Stream) throws(OpenCLError) {
        let (queries, keys) = (call.types.inputs[0].shape.vectors, call.types.inputs[1].shape.vectors)
        let (kernel, rows, items) = form(of: call)
        try stream.launch(
            call.kernels[kernel], groups: call.rows * ((queries + rows - 1) / rows), size: items,
            value: call.types.name,
            call.inputs.map { .input($0) } + [
                .place(call.positions), .place(call.output), .count(queries), .count(keys), .float(scale),
            ])
    }

    /// Which of the kernels, and how many query rows a group of how many items makes.
    private func form(of call: Call) -> (kernel: Int, rows: Int, items: Int) {
        if case .tensorCores(let tiles) = choice(for: call.types) {
            let group = Self.tensorGroup(tiles)
            let distances = call.inputs.prefix(3).flatMap { [$0.offset, $0.stride] } + [call.output.offset]
            let isWide = call.kernels.count == 2 && distances.allSatisfy { $0 % 4 == 0 }
            return (isWide ? 1 : 0, group.rows, group.items)
        }
        let tiles = defines(for: call.types)
        let (across, down) = (tiles["ACROSS"] ?? 1, tiles["DOWN"] ?? 1)
        return (0, down * (tiles["TM"] ?? 1), across * down)
    }
}
