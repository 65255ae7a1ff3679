import ScrubConformance
import ScrubCore
import ScrubOpenCL
import ScrubOps
import ScrubPlan
import Testing

private let firstDevice = try? OpenCLDevice.all().first

/// Products in each precision, by the portable kernel and by that for tensor cores, which is emulated where there are none.
///
/// Factors are rounded here, by their definition; the float64 engine multiplies them. What is left is the rounding of a
/// float32 sum.
@Suite(.serialized, .enabled(if: firstDevice != nil, "needs an OpenCL device"))
struct PrecisionTests {
    private static let tensorCores: [KernelChoice] = [
        .tensorCores([:]), .tensorCores(["DOWN": 1, "ACROSS": 4, "TM": 1, "DEPTH": 8, "STAGES": 4]),
        .tensorCores(["DOWN": 2, "ACROSS": 1, "TM": 4, "DEPTH": 32, "STAGES": 2]),
    ]
    private static let portable: [KernelChoice] = [
        .own(["LOCAL": 0, "ACROSS": 1, "DOWN": 4, "TM": 2, "TN": 1, "VECTOR": 16]),
        .own(["LOCAL": 1, "ACROSS": 8, "DOWN": 8, "TM": 4, "TN": 2, "VECTOR": 4]),
        .own(["LOCAL": 1, "ACROSS": 16, "DOWN": 4, "TM": 2, "TN": 1, "VECTOR": 1]),
    ]

    @Test("every element is that of rounded factors", arguments: Precision.allCases, tensorCores + portable)
    func elements(precision: Precision, choice: KernelChoice) throws {
        let backend = try OpenCLBackend(device: #require(firstDevice), precision: precision)
            .choosing(choice, for: .linear)
        for judged in ConformanceSuite.cases where judged.subject == "linear" {
            let (plan, bindings) = (judged.placements[0].plan, judged.bindings()[0])
            let found = try backend.prepare(plan).run(bindings).roots["result"]?.doubles ?? []
            let rounded = bindings.rounding(["x", "W"], to: precision)
            let elements = try #require(ReferenceBackend().prepare(plan).run(rounded).roots["result"]?.doubles)
            try #require(found.count == elements.count && !found.isEmpty, "\(judged.name)")
            var tolerance = judged.tolerance
            if case .tensorCores = choice, precision == .exact {
                // Two numbers of 11 bits hold a factor to 2 u, and the product of the lower two is left out: 8 u a term.
                tolerance.absolute *= 5
            }
            let worst = zip(found, elements).map { tolerance.error(of: $0, from: $1) }.max() ?? 0
            #expect(worst <= 1, "\(judged.name): \(worst)")
        }
    }

    @Test("three products in tf32 lose no more than float32 does")
    func split() throws {
        let device = try #require(firstDevice)
        let judged = try #require(ConformanceSuite.cases.first { $0.name.contains("100 into 132") })
        let (plan, bindings) = (judged.placements[0].plan, judged.bindings()[0])
        let wanted = try ReferenceBackend().prepare(plan).run(bindings).roots["result"]?.doubles ?? []
        let errors = try [Self.portable[0], Self.tensorCores[0]].map { choice in
            let backend = try OpenCLBackend(device: device).choosing(choice, for: .linear)
            let found = try backend.prepare(plan).run(bindings).roots["result"]?.doubles ?? []
            return zip(found, wanted).map { abs($0 - $1) }.max() ?? .infinity
        }
        #expect(errors[1] <= errors[0])
    }

    @Test("a precision is not another")
    func differ() throws {
        let device = try #require(firstDevice)
        let judged = try #require(ConformanceSuite.cases.first { $0.name.contains("100 into 132") })
        let results = try Precision.allCases.map { precision in
            try OpenCLBackend(device: device, precision: precision).prepare(judged.placements[0].plan)
                .run(judged.bindings()[0]).roots["result"]?.doubles ?? []
        }
        // Half precision has as many bits as tf32, and is another where numbers are small, or lie between two.
        #expect(Set(results.prefix(3)).count == 3 && results[3] != results[0] && results[3] != results[2])
    }

    @Test("half precision ends where it ends, and no other does", arguments: [tensorCores[1], portable[0]])
    func range(choice: KernelChoice) throws {
        let x: [Float] = [70_000, 1, 0x1p-25, 0, 65_519, 0, 0x1.8p-25, 0]
        let wide: Shape = [Axis(.position, 4), Axis(.model, 2)]
        let (narrow, out): (Shape, Shape) = (
            Shape([Axis(.model, 2), Axis(.neuron, 1)]), [Axis(.position, 4), Axis(.neuron, 1)]
        )
        var plan = Plan(tables: [Table(key: "reference")])
        plan.values = [
            Value("x", ValueType(wide), .dataset), Value("W", ValueType(narrow), .constant),
            Value("y", ValueType(out), .dataset),
        ]
        plan.inputs = [Input(value: 0, source: .column("x")), Input(value: 1, source: .weight("W", slice: nil))]
        plan.steps = [Step(.linear(Linear()), [0, 1], 2)]
        plan.roots = [Root("y", 2)]
        let bindings = Bindings(
            datasetRows: 1, replicates: 0,
            inputs: [
                .column("x"): HostTensor([1, 4, 2], x),
                .weight("W", slice: nil): HostTensor([2, 1], [1, 1] as [Float]),
            ],
            tables: [[]])
        for precision in Precision.allCases {
            let backend = try OpenCLBackend(device: #require(firstDevice), precision: precision)
                .choosing(choice, for: .linear)
            let found = try backend.prepare(plan).run(bindings).roots["y"]?.floats
            if precision == .f16 {
                #expect(found == [.infinity, 0, 65_504, 0x1p-24])
            } else {
                #expect(found?.allSatisfy(\.isFinite) == true && found?[1] == 0x1p-25)
            }
        }
    }
}

extension Bindings {
    /// Columns and weights of these names as a precision holds them.
    func rounding(_ names: Set<String>, to precision: Precision) -> Bindings {
        let inputs = inputs.map { source, tensor in
            let name: String? =
                switch source {
                case .column(let name), .weight(let name, slice: nil): name
                default: nil
                }
            guard let name, names.contains(name), case .float32(let elements) = tensor.elements else {
                return (source, tensor)
            }
            return (source, HostTensor(tensor.sizes, elements.map { $0.rounded(to: precision) }))
        }
        return Bindings(
            datasetRows: datasetRows, replicates: replicates,
            inputs: Dictionary(uniqueKeysWithValues: inputs), tables: tables)
    }
}

extension Float {
    /// To 11 bits, ties away from zero, or to 8, ties to even, or to half precision.
    fileprivate func rounded(to precision: Precision) -> Float {
        guard isFinite, self != 0, precision != .exact else { return self }
        if precision == .f16 { return Float(Float16(self)) }
        let bits = precision == .tf32 ? 11 : 8
        let unit = Float(sign: .plus, exponent: exponent - bits + 1, significand: 1)
        return (self / unit).rounded(precision == .tf32 ? .toNearestOrAwayFromZero : .toNearestOrEven) * unit
    }
}
