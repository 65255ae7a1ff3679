import ScrubCPU
import ScrubExperiment
import ScrubOpenCL
import ScrubPlan
import ScrubPlanner
import Testing

/// `--backend auto` gives way to the CPU where a device's kernels do not build, and says so; a named backend never does.
@Suite struct FallbackTests {
    private static let limits = DeviceLimits(memory: 1 << 30, workers: 1, preferredArena: 1 << 20)
    private static let devices = (try? OpenCLDevice.all()) ?? []

    private func broken() throws -> Engine {
        let device = try #require(Self.devices.first)
        let backend = try OpenCLBackend(device: device, replacingKernel: ["gather/gather.cl": "this is not a kernel"])
        return Engine(backend: backend, limits: Self.limits)
    }

    @Test(.enabled(if: !devices.isEmpty, "no OpenCL device")) func auto() throws {
        try TinyExperiment.with("{same: any}") { experiment in
            let engines = [try broken(), Engine(backend: CPUBackend(threads: 1), limits: Self.limits)]
            let report = try experiment.run(RunOptions(samples: 10), on: engines).report
            #expect(report.backend.name == "cpu")
            let note = try #require(report.backendNote)
            #expect(note.contains("could not prepare the plan: "))
            #expect(note.contains("gather"))
        }
    }

    @Test(.enabled(if: !devices.isEmpty, "no OpenCL device")) func named() throws {
        try TinyExperiment.with("{same: any}") { experiment in
            let engine = try broken()
            _ = #expect(throws: OpenCLError.self) { try experiment.run(RunOptions(samples: 10), on: [engine]) }
        }
    }
}
