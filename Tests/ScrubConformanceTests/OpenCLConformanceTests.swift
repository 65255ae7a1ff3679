import ScrubConformance
import ScrubCore
import ScrubOpenCL
import ScrubPlan
import Testing

private let firstDevice = try? OpenCLDevice.all().first

/// The OpenCL engine against the suite, on the first device that the loader finds.
@Suite(.serialized, .enabled(if: firstDevice != nil, "needs an OpenCL device"))
struct OpenCLConformanceTests {
    @Test("the OpenCL engine passes every case, all of it on the device")
    func passes() throws {
        try judge(.automatic, only: [])
    }

    @Test("either matrix product passes", arguments: [OpenCLBackend.Product.own, .clblast])
    func products(product: OpenCLBackend.Product) throws {
        try judge(product, only: ["linear", "model"])
    }

    /// The suite records a few numbers of a long result; here the float64 engine says what all of them are.
    @Test(
        "every element of what is computed in tiles is the float64 engine's",
        arguments: ["attention", "layerNorm", "linear"])
    func elements(subject: String) throws {
        let backend = try OpenCLBackend(device: #require(firstDevice), product: .own)
        for judged in ConformanceSuite.cases where judged.subject == subject {
            let (plan, bindings) = (judged.placements[0].plan, judged.bindings()[0])
            let found = try backend.prepare(plan).run(bindings).roots["result"]?.doubles ?? []
            let wanted = try ReferenceBackend().prepare(plan).run(bindings).roots["result"]?.doubles ?? []
            try #require(found.count == wanted.count && !found.isEmpty, "\(judged.name)")
            let worst = zip(found, wanted).map { judged.tolerance.error(of: $0, from: $1) }.max() ?? 0
            #expect(worst <= 1, "\(judged.name)")
        }
    }

    private func judge(_ product: OpenCLBackend.Product, only: [String]) throws {
        let backend = try OpenCLBackend(device: #require(firstDevice), product: product)
        let outcomes = try ConformanceSuite.run(on: backend, only: only)
        #expect(outcomes.filter { !$0.passed }.map(\.description) == [])
        #expect(outcomes.filter { !$0.hostSteps.isEmpty }.map(\.name) == [])
    }
}
