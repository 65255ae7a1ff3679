import Foundation
import Scrubjay
import Testing

@Suite struct BadInputDevices {
    /// Makes the OpenCL loader find no platform.
    private static let noDevices = ["OCL_ICD_VENDORS": "/nonexistent"]
    private static let known = "backends are auto, cpu, opencl, opencl:<number>, opencl:<number>,<number>, opencl:all"

    @Test(arguments: BadInputDevices.nameCases) func names(_ input: BadInput) throws { try input.check() }
    @Test(arguments: BadInputDevices.absentCases) func absent(_ input: BadInput) throws { try input.check() }

    private static func name(_ name: String) -> BadInput {
        BadInput(name, ["run", "h.yaml", "--backend", name], says: "error: no backend \"\(name)\"; \(known)")
    }

    private static let nameCases: [BadInput] = [
        name("cuda"), name("opencl:"), name("opencl:x"), name("opencl:-1"), name("CPU"), name("opencl:0,"),
        name("opencl:0,all"), name("opencl:,1"),
        BadInput(
            "a device twice", ["run", "h.yaml", "--backend", "opencl:0,1,0"],
            says: "error: --backend opencl:0,1,0 names the device 0 twice"),
    ]

    private static let absentCases: [BadInput] = [
        BadInput(
            "a precision of the cpu", ["run", "h.yaml", "--backend", "cpu", "--precision", "tf32"],
            says:
                "error: precision tf32 needs an OpenCL device; the cpu backend rounds nothing beyond float32: say --backend opencl"
        ),
        BadInput(
            "a precision where auto finds no device", ["run", "h.yaml", "--precision", "bf16"], environment: noDevices,
            says: "error: precision bf16 needs an OpenCL device; the cpu backend rounds nothing beyond float32 "
                + "(it was taken because no OpenCL device was found): say --backend opencl"),
        BadInput(
            "run", ["run", "h.yaml", "--backend", "opencl"], environment: noDevices,
            says: "error: no device for --backend opencl:0; no OpenCL device was found", status: 3),
        BadInput(
            "run on the second", ["run", "h.yaml", "--backend", "opencl:1"], environment: noDevices,
            says: "error: no device for --backend opencl:1; no OpenCL device was found", status: 3),
        BadInput(
            "run on all", ["run", "h.yaml", "--backend", "opencl:all"], environment: noDevices,
            says: "error: no device for --backend opencl:all; no OpenCL device was found", status: 3),
        BadInput(
            "selftest of several", ["selftest", "--backend", "opencl:0,1"],
            says: "error: --backend opencl:0,1 names several devices, and this takes one"),
        BadInput(
            "profile of several", ["profile", "--backend", "opencl:all"],
            says: "error: --backend opencl:all names several devices, and this takes one"),
        BadInput(
            "tune of several", ["tune", "--backend", "opencl:0,1"],
            says: "error: --backend opencl:0,1 names several devices, and this takes one"),
        BadInput(
            "explain", ["explain", "h.yaml", "--backend", "opencl"], environment: noDevices,
            says: "error: no device for --backend opencl:0; no OpenCL device was found", status: 3),
        BadInput(
            "selftest", ["selftest", "--backend", "opencl"], environment: noDevices,
            says: "error: no device for --backend opencl:0; no OpenCL device was found", status: 3),
    ]

    @Test(arguments: ["opencl:99", "opencl:0,99"]) func aNumberThatNoDeviceHas(name: String) throws {
        let devices = try OpenCLDevice.all().map { "opencl:\($0.index) (\($0.name))" }
        let exist = devices.isEmpty ? "no OpenCL device was found" : "devices are \(devices.joined(separator: ", "))"
        try BadInput(
            name, ["run", "h.yaml", "--backend", name], says: "error: no device for --backend \(name); \(exist)",
            status: 3
        ).check()
    }

    @Test func autoFallsBackToTheCPUAndSaysSo() throws {
        let experiment = try SmallExperiment()
        let result = try experiment.scrubjay(
            ["run", "h.yaml", "--samples", "50", "--backend", "auto", "--json", "out.json"],
            environment: Self.noDevices)
        #expect(result.status == 0)
        let head = result.output.split(separator: "\n").prefix(2)
        #expect(head.first == "h.yaml")
        #expect(head.last == "50 samples, seed 0, on cpu: \(CPUBackend().identity.device) (no OpenCL device was found)")
        let report = try JSONDecoder().decode(Report.self, from: Data(experiment.folder.bytes("out.json")))
        #expect(report.backend.name == "cpu")
        #expect(report.backendNote == "no OpenCL device was found")
    }

    @Test(.enabled(if: (try? OpenCLDevice.all())?.isEmpty == false, "needs an OpenCL device: PoCL will do"))
    func aKernelThatDoesNotCompile() throws {
        let place = try SmallExperiment()
        let experiment = try Experiment(contentsOf: place.folder.path("h.yaml"))
        let plan = try #require(try experiment.stages(RunOptions(samples: 50, backend: .cpu)).last?.plan)
        let device = try #require(try OpenCLDevice.all().first)
        let backend = try OpenCLBackend(
            device: device,
            replacingKernel: ["linear/linear.cl": "// one line\nkernel void linear(float *x) { return y; }\n"])

        let error = #expect(throws: OpenCLError.self) { _ = try backend.prepare(plan) }
        // The log is the compiler's own, whole; it names the file and the line in it.
        guard case .build(let kernel, let name, let log) = error else {
            Issue.record("not a failure to build: \(String(describing: error))")
            return
        }
        #expect(kernel == "linear/linear.cl")
        #expect(name == device.name)
        #expect(log.contains("linear/linear.cl:2:"))
        #expect(error?.description == "linear/linear.cl was not accepted by \(device.name):\n\(log)")
        #expect(error?.fault == .device)
    }
}
