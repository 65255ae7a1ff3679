import ScrubConformance
import ScrubCore
import ScrubOpenCL
import ScrubOps
import ScrubPlan
import Testing

private let firstDevice = try? OpenCLDevice.all().first

/// Every candidate that tuning may choose computes what the operation says.
@Suite(.serialized, .enabled(if: firstDevice != nil, "needs an OpenCL device"))
struct TunedConformanceTests {
    /// Cases that end within a vector, a tile and a group, of each kernel.
    private static let cases: [TunableKernel: [String]] = [
        .attention: ["attention: causal, 33 positions, heads of 24", "attention: masked and causal, one query of 65"],
        .linear: [
            "linear: 17 into 33 with bias", "linear: 130 positions, 16 into 16", "linear: a NaN stays in its row",
        ],
        .layerNorm: ["layerNorm: width 33, 9 positions", "layerNorm: width 300"],
    ]

    private static func candidates(_ kernel: TunableKernel, on kind: OpenCLDevice.Kind) -> [KernelChoice] {
        var found: [KernelChoice] = []
        for choice in TunableStep.standard.filter({ $0.shape.kernel == kernel }).flatMap({ $0.choices(on: kind) })
        where !found.contains(choice) { found.append(choice) }
        return found
    }

    @Test("on CPUs", arguments: TunableKernel.allCases)
    func onCPUs(kernel: TunableKernel) throws { try judge(kernel, .cpu, Self.cases[kernel] ?? []) }

    /// Here on whatever device there is, which may lack what they need: those are dropped when tuning too.
    @Test("on GPUs", arguments: TunableKernel.allCases)
    func onGPUs(kernel: TunableKernel) throws { try judge(kernel, .gpu, Array((Self.cases[kernel] ?? []).prefix(1))) }

    @Test("every candidate is legal, and no class lacks several", arguments: [OpenCLDevice.Kind.cpu, .gpu])
    func areLegal(kind: OpenCLDevice.Kind) {
        for step in TunableStep.standard {
            let choices = step.choices(on: kind)
            #expect(choices.count > 5, "\(step.shape)")
            for choice in choices { #expect(choice.isLegal(for: step.shape.kernel), "\(step.shape): \(choice)") }
        }
    }

    private func judge(_ kernel: TunableKernel, _ kind: OpenCLDevice.Kind, _ cases: [String]) throws {
        let backend = try OpenCLBackend(device: #require(firstDevice))
        let candidates = Self.candidates(kernel, on: kind)
        #expect(candidates.count > 5)
        for choice in candidates {
            let outcomes = try ConformanceSuite.run(on: backend.choosing(choice, for: kernel), only: cases)
            #expect(outcomes.count == cases.count)
            for outcome in outcomes { #expect(outcome.passed, "\(choice): \(outcome)") }
        }
    }
}
