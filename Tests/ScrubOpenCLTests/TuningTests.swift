import Foundation
import ScrubCore
import ScrubOpenCL
import ScrubOps
import ScrubPlan
import Testing

@Suite(.serialized) struct TuningTests {
    private static let choice = KernelChoice.own([
        "LOCAL": 0, "ACROSS": 1, "DOWN": 2, "TM": 2, "TN": 1, "VECTOR": 4, "BK": 16,
    ])

    /// A product of 3 x 6 into 5, in chunks of 256 rows.
    private static func sketch() throws -> Sketch {
        var sketch = Sketch()
        let x = sketch.bind(
            .column("x"), [Axis(.position, 3), Axis(.model, 6)], HostTensor([4, 3, 6], numbers(72, seed: 1)))
        let w = sketch.bind(
            .weight("w", slice: nil), [Axis(.model, 6), Axis(.head, 5)], HostTensor([6, 5], numbers(30, seed: 2)))
        _ = try sketch.step("y", .linear(Linear()), [x, w], root: true)
        return sketch
    }

    private static func tuning(_ device: OpenCLDevice, source: String) throws -> Tuning {
        var tuning = Tuning(Tuning.Subject(device))
        let step = try #require(TunableStep.steps(of: sketch().plan).first)
        tuning.add(Tuning.Entry(shape: step.shape, source: source, choice: choice, seconds: 1, standardSeconds: 2))
        return tuning
    }

    /// Whether preparing the plan compiles the kernel of the choice.
    private func compilesTheChoice(source: String) throws -> Bool {
        let device = try #require(device)
        let folder = FileManager.default.temporaryDirectory.appending(path: "scrubjay-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        // A kernel text of this test's own, so that no other test's program of the process serves.
        let text = try #require(KernelFile.all["linear/linear.cl"]).text + "// \(UUID())\n"
        let untuned = try OpenCLBackend(device: device, replacingKernel: ["linear/linear.cl": text], cache: nil)
        let backend = try OpenCLBackend(
            device: device, replacingKernel: ["linear/linear.cl": text], cache: ProgramCache(folder: folder.path),
            tuning: Self.tuning(device, source: source == "own" ? untuned.source(of: .linear) : source))
        _ = try backend.prepare(Self.sketch().plan)
        guard case .own(let defines) = Self.choice else { return false }
        return try backend.takesFromCache(
            "linear", defines.merging(["BIASED": 0, "PRECISION": 0, "FUNCTION": 3, "ADDED": 0]) { $1 }, replaced: text)
    }

    @Test func whatIsKeptDecidesWhatIsCompiled() throws {
        #expect(try compilesTheChoice(source: "own"))
        #expect(try !compilesTheChoice(source: "another text's"))
    }

    @Test func aTunedProductIsTheSameToRounding() throws {
        let device = try #require(device)
        let plain = try OpenCLBackend(device: device)
        let tuned = try OpenCLBackend(
            device: device, tuning: Self.tuning(device, source: plain.source(of: .linear)))
        let sketch = try Self.sketch()
        let results = try [plain, tuned].map { backend in
            try #require(try sketch.run(on: backend, rows: 4).roots["y"]?.elements)
        }
        guard case (.float32(let one), .float32(let other)) = (results[0], results[1]) else {
            Issue.record("not floats")
            return
        }
        for (a, b) in zip(one, other) { #expect(abs(a - b) < 1e-5) }
    }

    @Test func shapesAreOfOneClassUpToPowersOfTwo() {
        func shape(_ rows: Int, _ inner: Int, _ columns: Int) -> String? {
            let types = [[Axis(.model, inner)], [Axis(.model, inner), Axis(.head, columns)]].map {
                ValueType(Shape($0))
            }
            return ShapeClass(.linear(Linear()), types, rows: rows)?.description
        }
        #expect(shape(100, 768, 48) == "linear, rows 128, inner 1024, columns 64, aligned 16")
        #expect(shape(128, 1000, 64) == "linear, rows 128, inner 1024, columns 64, aligned 16")
        #expect(shape(1, 1, 5) == "linear, rows 1, inner 1, columns 8, aligned 1")
        #expect(shape(1 << 20, 56, 28) == "linear, rows 4096, inner 64, columns 32, aligned 4")
        #expect(ShapeClass(.sum(Sum()), [ValueType(.scalar)], rows: 1) == nil)
    }

    @Test func digestsAreOfChoicesAlone() throws {
        let device = try #require(device)
        let tuning = try Self.tuning(device, source: "a")
        var slower = tuning
        var entry = tuning.entries[0]
        entry.seconds = 3
        slower.add(entry)
        #expect(slower.entries.count == 1)
        #expect(slower.digest == tuning.digest)
        entry.choice = .clblast
        slower.add(entry)
        #expect(slower.digest != tuning.digest)
    }

    @Test func whatIsChosenIsReadAsItWasWritten() throws {
        for choice in [Self.choice, .tensorCores(["DOWN": 4, "STAGES": 3]), .clblast] {
            let written = try JSONEncoder().encode(choice)
            #expect(try JSONDecoder().decode(KernelChoice.self, from: written) == choice)
            #expect(choice.isLegal(for: .linear))
            #expect(!choice.isLegal(for: .attention))
        }
    }

    /// Tensor cores are an offer: a compiler that refuses them leaves the rest as it is.
    @Test func whatACompilerRefusesIsDoneWithout() throws {
        let device = try #require(device)
        try #require(device.kind == .cpu)
        let backend = try OpenCLBackend(device: device)
        for kernel in TunableKernel.allCases + TunableKernel.allCases {
            #expect(!backend.takesInlinePTX(kernel))
            #expect(!backend.hasTensorCores(for: kernel))
        }
        _ = try backend.prepare(Self.sketch().plan)
    }

    @Test(arguments: ["TM": 3, "SIZE": 1, "BIASED": 1]) func whatNoKernelTakesIsNotSound(name: String, value: Int)
        throws
    {
        var tuning = try Self.tuning(#require(device), source: "a")
        #expect(tuning.isSound)
        tuning.add(
            Tuning.Entry(
                shape: tuning.entries[0].shape, source: "a", choice: .own([name: value]), seconds: 1, standardSeconds: 1
            ))
        #expect(!tuning.isSound)
    }
}
