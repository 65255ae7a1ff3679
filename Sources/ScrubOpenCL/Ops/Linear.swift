internal import ScrubCore
internal import ScrubOps

/// linear.cl, linear_mma.cl or CLBlast, which one by `OpenCLBackend.Product`, what the device has, and what was measured.
/// CLBlast has no bias: bias.cl puts it there first.
extension Linear: TunableOp {
    static var samples: [KernelSpec] {
        let tiles = [5, 28, 1024].map { Self.tiles(columns: $0, on: .cpu) } + [[:]]
        let portable = Precision.allCases.flatMap { precision in
            tiles.flatMap { tiles in [false, true].map { Self.own(biased: $0, precision, tiles) } }
        }
        // Of tensor cores those that are emulated, which any device takes.
        let emulated = Precision.allCases.flatMap { precision in
            [1, 4].map { Self.onTensorCores(biased: $0 == 1, precision, wide: $0, emulated: true) }
        }
        let finishing = Epilogue.all.dropFirst().flatMap { epilogue in
            tiles.map { Self.own(biased: true, .exact, $0, epilogue) }
        }
        return portable + emulated + finishing + [KernelSpec("bias", folder: "linear")]
    }

    /// What a GPU with tensor cores is asked for where a product has an epilogue, as it is taken without a tuning.
    static let finishing = Precision.allCases.flatMap { precision in
        Epilogue.all.dropFirst().flatMap { epilogue in
            [
                own(biased: true, precision, tiles(columns: 1024, on: .gpu), epilogue),
                onTensorCores(
                    biased: true, precision, wide: 4, emulated: false, tensorTiles(columns: 1024), epilogue),
            ]
        }
    }

    private static func own(
        biased: Bool, _ precision: Precision, _ tiles: [String: Int], _ epilogue: Epilogue = Epilogue()
    ) -> KernelSpec {
        let known = ["BIASED": biased ? 1 : 0, "PRECISION": precision.number].merging(epilogue.defines) { $1 }
        return KernelSpec("linear", tiles.merging(known) { $1 })
    }

    private static func onTensorCores(
        biased: Bool, _ precision: Precision, wide: Int, emulated: Bool, _ tiles: [String: Int] = [:],
        _ epilogue: Epilogue = Epilogue()
    ) -> KernelSpec {
        let known = [
            "BIASED": biased ? 1 : 0, "PRECISION": precision.number, "WIDE": wide, "EMULATED": emulated ? 1 : 0,
        ].merging(epilogue.defines) { $1 }
        return KernelSpec("linear_mma", folder: "linear", tiles.merging(known) { $1 })
    }

    /// The kernel that a device with tensor cores takes, and no other.
    static let tensorKernel = onTensorCores(biased: true, .exact, wide: 4, emulated: false)

    /// Of a group of linear_mma.cl, by its tunables.
    private static func tensorGroup(_ tiles: [String: Int]) -> (rows: Int, columns: Int, items: Int) {
        let (down, across) = (tiles["DOWN"] ?? 2, tiles["ACROSS"] ?? 2)
        return (16 * (tiles["TM"] ?? 2) * down, 32 * across, 32 * down * across)
    }

    /// How a group divides its work, from what it is known of so far.
    ///
    /// On CPUs, without local memory and one item a tile of registers: on PoCL 3.1 with AVX2, 71 GFLOP a second and core
    /// at 1024 x 768 x 768, where tiles in local memory make 20, and 40 into 28 columns. On GPUs, chosen by reasoning,
    /// not measured.
    private static func tiles(columns: Int, on kind: OpenCLDevice.Kind) -> [String: Int] {
        guard kind == .cpu else {
            return ["LOCAL": 1, "ACROSS": 8, "DOWN": 8, "TM": 8, "TN": 2, "VECTOR": 4, "BK": 16]
        }
        // Seconds are as the columns, a vector that the edge cuts taking 2.5 times as long, over the speed of a width.
        let speeds: [(vector: Int, speed: Double)] = [(16, 1.3), (8, 1), (4, 0.55), (1, 0.2)]
        func cost(_ form: (vector: Int, speed: Double)) -> Double {
            let cut = columns % form.vector == 0 ? 0 : 2.5
            return Double(form.vector) * (Double(columns / form.vector) + cut) / form.speed
        }
        let vector = speeds.min { cost($0) < cost($1) }?.vector ?? 1
        return [
            "LOCAL": 0, "ACROSS": 1, "DOWN": 16, "TM": vector >= 8 ? 6 : 8, "TN": 1, "VECTOR": vector, "BK": 16,
        ]
    }

    /// On tensor cores where there are some, a product fills their blocks, and less than float32 is asked for. An exact product is
    /// made there once a tuning, which holds results against the CPU's, has found it faster.
    func standard(for step: StepTypes) -> KernelChoice {
        let w = step.inputs[1].shape
        if step.hasTensorCores, step.precision != .exact, step.product == .automatic, step.device == .gpu,
            min(w.vectors, w.width) >= 32
        {
            return .tensorCores(Self.tensorTiles(columns: w.width))
        }
        return step.product.usesBLAS(inner: w.vectors, columns: w.width, on: step.device)
            ? .clblast : .own(Self.tiles(columns: w.width, on: step.device))
    }

    func candidates(for step: StepTypes) -> [KernelChoice] {
        if step.device == .cpu {
            let forms = [
                (16, 6, 1), (16, 8, 1), (16, 4, 1), (16, 4, 2), (8, 8, 1), (8, 6, 1), (8, 4, 2), (4, 8, 1), (4, 4, 2),
            ]
            // CLBlast last: it compiles for seconds.
            return forms.flatMap { vector, rows, vectors in
                [16, 4].map { down in
                    .own([
                        "LOCAL": 0, "ACROSS": 1, "DOWN": down, "TM": rows, "TN": vectors, "VECTOR": vector, "BK": 16,
                    ])
                }
            } + [.clblast]
        }
        let tiles = [(8, 2), (4, 2), (8, 1), (4, 1)].flatMap { rows, vectors in
            [(8, 8), (16, 8), (16, 16)].flatMap { across, down in
                [16, 8].map { depth in
                    KernelChoice.own([
                        "LOCAL": 1, "ACROSS": across, "DOWN": down, "TM": rows, "TN": vectors, "VECTOR": 4, "BK": depth,
                    ])
                }
            }
        }
        let own = KernelChoice.own(Self.tiles(columns: step.inputs[1].shape.width, on: step.device))
        return (step.hasTensorCores ? Self.tensorCandidates : []) + [.clblast, own] + tiles
    }

    /// Groups of four warps and eight whose tiles fit in 48 KiB: those of most outputs first.
    private static let tensorCandidates: [KernelChoice] = [
        (2, 4, 4), (2, 2, 4), (4, 2, 2), (2, 2, 2), (4, 1, 2), (1, 4, 4), (1, 4, 2), (1, 4, 1),
    ].flatMap { down, across, rows in
        [(16, 2), (16, 3), (8, 4), (32, 2)].compactMap { depth, stages in
            let tiles = ["DOWN": down, "ACROSS": across, "TM": rows, "DEPTH": depth, "STAGES": stages]
            let group = tensorGroup(tiles)
            // Deep tiles of many rows take more registers than there are.
            let fits = 4 * stages * depth * (group.rows + group.columns) <= 49_152 && depth * rows < 128
            return fits ? .tensorCores(tiles) : nil
        }
    }

    /// CLBlast rounds nothing: of another precision its place is taken by linear.cl.
    ///
    /// A tuning finds what is fastest exactly, and so tells nothing of another precision but where it takes tensor cores.
    func choice(for step: StepTypes) -> KernelChoice {
        let choice = step.choice ?? standard(for: step)
        if step.precision == .exact { return choice }
        if case .tensorCores = choice { return choice }
        let other = step.hasTensorCores ? standard(for: step) : choice
        return other == .clblast ? .own(Self.tiles(columns: step.inputs[1].shape.width, on: step.device)) : other
    }

    private static func tensorTiles(columns: Int) -> [String: Int] {
        ["DOWN": 2, "ACROSS": columns > 64 ? 4 : 2, "TM": 4, "DEPTH": 16, "STAGES": 2]
    }

    /// Whether its kernel takes an epilogue: a library's does not.
    func takesEpilogue(_ step: StepTypes) -> Bool { !usesBLAS(step) }

    private func usesBLAS(_ step: StepTypes) -> Bool { choice(for: step) == .clblast }

    func kernels(for step: StepTypes) throws(OpenCLError) -> [KernelSpec] {
        let weights = step.constant.dropFirst().dropLast(step.epilogue.adds ? 1 : 0)
        guard !step.constant[0], weights.allSatisfy({ $0 }) else {
            throw .unsupported(value: step.name, reason: "a product takes a row's value and constant weights")
        }
        let biased = weights.count == 2
        if usesBLAS(step) { return biased ? [KernelSpec("bias", folder: "linear")] : [] }
        guard case .tensorCores(let tiles) = choice(for: step) else {
            return [Self.own(biased: biased, step.precision, defines(for: step), step.epilogue)]
        }
        let w = step.inputs[1].shape
        return (w.vectors % 4 == 0 && w.width % 4 == 0 ? [1, 4] : [1]).map {
            Self.onTensorCores(
                biased: biased, step.precision, wide: $0, emulated: !step.hasTensorCores, tiles, step.epilogue)
        }
    }

    func launch(_ call: Call, on stream: Stream) throws(OpenCLError) {
        let w = call.types.inputs[1].shape
        let (m, n, k) = (call.rows * call.types.output.shape.vectors, w.width, w.vectors)
        guard m < Int(Int32.max) else { throw .tooMany(m, value: call.types.name) }
        let added = call.types.epilogue.adds ? call.inputs.last : nil
        let bias = call.inputs.count == (added == nil ? 3 : 4) ? call.inputs[2] : nil
        if usesBLAS(call.types) {
            if let bias {
                try stream.launch(
                    call.kernels[0], groups: stream.groups(rows: m, count: n), value: call.types.name,
                    [.place(bias), .place(call.output), .count(m), .count(n)])
            }
            try stream.multiply(
                call.inputs[0], call.inputs[1], into: call.output, adding: bias != nil, m: m, n: n, k: k,
                scratch: call.scratch)
            return
        }
        let (kernel, rows, columns, items) = form(of: call)
        try stream.launch(
            call.kernels[kernel], groups: ((m + rows - 1) / rows) * ((n + columns - 1) / columns), size: items,
            value: call.types.name,
            [.place(call.inputs[0]), .place(call.inputs[1])] + [bias, added].compactMap { $0.map { .place($0) } } + [
                .place(call.output), .count(m), .count(n), .count(k),
            ])
    }

    /// Which of the kernels, and how much of the output a group of how many items makes.
    private func form(of call: Call) -> (kernel: Int, rows: Int, columns: Int, items: Int) {
        if case .tensorCores(let tiles) = choice(for: call.types) {
            let group = Self.tensorGroup(tiles)
            let added = call.types.epilogue.adds ? call.inputs.suffix(1) : []
            let places = call.inputs.prefix(2) + added + [call.output]
            let isWide = call.kernels.count == 2 && places.allSatisfy { $0.offset % 4 == 0 }
            return (isWide ? 1 : 0, group.rows, group.columns, group.items)
        }
        let tiles = defines(for: call.types)
        let (across, down) = (tiles["ACROSS"] ?? 1, tiles["DOWN"] ?? 1)
        let columns = across * (tiles["TN"] ?? 1) * (tiles["VECTOR"] ?? 1)
        return (0, down * (tiles["TM"] ?? 1), columns, across * down)
    }
}
