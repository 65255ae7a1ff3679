import Foundation
import Scrubjay
import Testing

/// Two devices that one process uses side by side: PoCL makes as many of the CPU as it is told.
@Suite struct SeveralDevicesTests {
    private static let environment = ["POCL_DEVICES": "pthread pthread"]

    private func run(_ place: SmallExperiment, on backend: String) throws -> (report: Report, draws: [UInt8]) {
        let result = try place.scrubjay(
            ["run", "h.yaml", "--samples", "50000", "--backend", backend, "--quiet", "--json", "r.json"]
                + ["--export-samples", "t.npz"], environment: Self.environment)
        try #require(result.status == 0, "\(result.errors)")
        return (
            try JSONDecoder().decode(Report.self, from: Data(place.folder.bytes("r.json"))),
            try place.folder.bytes("t.npz")
        )
    }

    /// The shipped example, of whose replicates each device runs a part.
    @Test(arguments: ["pthread pthread", "basic pthread"]) func runTheShippedExample(devices: String) throws {
        let folder = try Folder()
        let example = "\(DocsPage.repository)/Benchmarks/brackets/1a.yaml"
        func report(_ backend: String) throws -> Report {
            let result = try Program.run(
                ["run", example, "--samples", "20000", "--backend", backend, "--json", "r.json"],
                environment: ["POCL_DEVICES": devices], in: folder.path, seconds: 300)
            try #require(result.status == 0, "\(result.errors)")
            return try JSONDecoder().decode(Report.self, from: Data(folder.bytes("r.json")))
        }
        let (one, two) = (try report("opencl:1"), try report("opencl:0,1"))
        #expect(two.figures == one.figures)
        #expect(two.outputs == one.outputs)
        #expect(two.execution.chunks[.dataset] == one.execution.chunks[.dataset].map { 2 * $0 })
        // What is held besides the engine's is the same.
        #expect(two.plan.peakBytes - two.execution.peakBytes == one.plan.peakBytes - one.execution.peakBytes)
        #expect(two.plan.peakBytes < one.plan.peakBytes)
    }

    @Test(arguments: ["opencl:all", "opencl:1,0"]) func haveTheFiguresOfOne(backend: String) throws {
        let place = try SmallExperiment()
        let one = try run(place, on: "opencl:0")
        let two = try run(place, on: backend)
        #expect(two.report.figures == one.report.figures)
        #expect(two.report.outputs == one.report.outputs)
        #expect(two.draws == one.draws)
        #expect(two.report.backend.name == (backend == "opencl:all" ? "opencl:0,1" : backend))
        let device = one.report.backend.device
        #expect(two.report.backend.device == "\(device) + \(device)")
    }
}
