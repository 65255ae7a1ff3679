import ScrubConformance
import ScrubOpenCL
import ScrubPlan
import Testing

private let firstDevice = try? OpenCLDevice.all().first

/// Attention in each precision on tensor cores, which are emulated where there are none.
///
/// Queries, keys and values are rounded here, by their definition; the float64 engine attends with them. What is left is
/// what float32 rounds, and the rounding of the shares.
@Suite(.serialized, .enabled(if: firstDevice != nil, "needs an OpenCL device"))
struct AttentionPrecisionTests {
    private static let tensorCores: [KernelChoice] = [
        .tensorCores(["DOWN": 1, "TM": 1, "KEYS": 16]), .tensorCores(["DOWN": 2, "TM": 2, "KEYS": 16]),
    ]
    private static let portable = KernelChoice.own(["VECTOR": 16, "ACROSS": 2, "TM": 2, "DOWN": 4])
    /// Widths that fit each form, odd ones too; edges within a block, a tile and a group; what a softmax is apt to get
    /// wrong. A kernel is compiled for each, which takes seconds: of wider groups, for the last two.
    private static let cases = [
        "attention: one key, width 1", "attention: 5 queries, 9 keys, heads of 17 and 28",
        "attention: causal, queries out of order and again", "attention: every key masked, causal",
        "attention: scores of 2¹⁰⁰, 65 keys", "attention: every key but the last masked, 129 positions",
        "attention: masked, 65 positions, heads of 40",
    ]

    @Test("every element is that of rounded factors", arguments: Precision.allCases, tensorCores)
    func elements(precision: Precision, choice: KernelChoice) throws {
        let backend = try OpenCLBackend(device: #require(firstDevice), precision: precision)
            .choosing(choice, for: .attention)
        let cases = choice == Self.tensorCores[0] ? Self.cases : Self.cases.suffix(2)
        for judged in ConformanceSuite.cases where cases.contains(judged.name) {
            let (plan, bindings) = (judged.placements[0].plan, judged.bindings()[0])
            let found = try backend.prepare(plan).run(bindings).roots["result"]?.doubles ?? []
            let rounded = bindings.rounding(["q", "k", "v"], to: precision)
            let elements = try #require(ReferenceBackend().prepare(plan).run(rounded).roots["result"]?.doubles)
            try #require(found.count == elements.count && !found.isEmpty, "\(judged.name)")
            // Each share is off by u of itself, and they are divided by their sum: a mean of values in ±1 moves by
            // no more than u times the furthest of them lies from it.
            var tolerance = judged.tolerance
            tolerance.absolute += 2 * precision.roundoff
            let worst = zip(found, elements).map { tolerance.error(of: $0, from: $1) }.max() ?? 0
            #expect(worst <= 1, "\(judged.name): \(worst)")
        }
    }

    @Test("three products in tf32 lose no more than float32 does")
    func split() throws {
        let (device, judged) = (try #require(firstDevice), try Self.long)
        let (plan, bindings) = (judged.placements[0].plan, judged.bindings()[0])
        let wanted = try ReferenceBackend().prepare(plan).run(bindings).roots["result"]?.doubles ?? []
        let errors = try [Self.portable, Self.tensorCores[0]].map { choice in
            let backend = try OpenCLBackend(device: device).choosing(choice, for: .attention)
            let found = try backend.prepare(plan).run(bindings).roots["result"]?.doubles ?? []
            return zip(found, wanted).map { abs($0 - $1) }.max() ?? .infinity
        }
        #expect(errors[1] <= errors[0])
    }

    @Test("a precision is not another on tensor cores, and the same without them")
    func differ() throws {
        func results(_ choice: KernelChoice) throws -> Set<[Double]> {
            let (device, judged) = (try #require(firstDevice), try Self.long)
            return try Set(
                [Precision.exact, .tf32, .bf16].map { precision in
                    let backend = try OpenCLBackend(device: device, precision: precision)
                        .choosing(choice, for: .attention)
                    return try backend.prepare(judged.placements[0].plan).run(judged.bindings()[0]).roots["result"]?
                        .doubles ?? []
                })
        }
        #expect(try results(Self.tensorCores[0]).count == 3)
        #expect(try results(Self.portable).count == 1)
    }

    private static var long: ConformanceCase {
        get throws { try #require(ConformanceSuite.cases.first { $0.name.contains("causal, 300 positions") }) }
    }
}
