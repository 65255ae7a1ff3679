import ScrubConformance
import ScrubOpenCL
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

    private func judge(_ product: OpenCLBackend.Product, only: [String]) throws {
        let backend = try OpenCLBackend(device: #require(firstDevice), product: product)
        let outcomes = try ConformanceSuite.run(on: backend, only: only)
        #expect(outcomes.filter { !$0.passed }.map(\.description) == [])
        #expect(outcomes.filter { !$0.hostSteps.isEmpty }.map(\.name) == [])
    }
}
