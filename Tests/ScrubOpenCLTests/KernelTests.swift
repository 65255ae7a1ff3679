import Foundation
import ScrubCore
import ScrubOpenCL
import ScrubOps
import Testing

@Suite struct KernelTests {
    @Test func everyFileOfTheKernelFolderIsEmbedded() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../Kernels")
            .standardized
        let paths = try #require(FileManager.default.enumerator(atPath: folder.path)).compactMap { $0 as? String }
        let files = paths.filter { $0.hasSuffix(".cl") }
        #expect(Set(files) == Set(KernelFile.all.keys))
        for path in files {
            #expect(try String(contentsOf: folder.appending(path: path), encoding: .utf8) == KernelFile.all[path]?.text)
        }
    }

    @Test func everyTuningOfTheFolderIsEmbedded() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../Kernels/tuning")
            .standardized
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
        let texts = try files.sorted().map { file in
            ShippedTuning(
                path: file, text: try String(contentsOf: folder.appending(path: file), encoding: .utf8))
        }
        #expect(ShippedTuning.all.sorted { $0.path < $1.path } == texts)
    }

    @Test func everyFileSaysWhatItDoesAndWhatCanBeTuned() {
        for file in KernelFile.all.values where !file.path.hasPrefix("common/") {
            #expect(file.text.hasPrefix("// "), "\(file.path)")
            let says =
                file.text.contains("// Tunables: none.\n")
                ? 0 : file.text.components(separatedBy: "\n#ifndef ").count - 1
            #expect(file.tunables.count == says, "\(file.path)")
            #expect(file.text.contains("// Tunables:"), "\(file.path)")
            for tunable in file.tunables {
                #expect(tunable.legal.contains(tunable.standard), "\(file.path) \(tunable.name)")
                #expect(
                    file.text.contains("#define \(tunable.name) \(tunable.standard)\n"), "\(file.path) \(tunable.name)")
            }
        }
    }

    @Test func everyKernelFitsTheLocalMemoryOfTheSmallestDevice() throws {
        let reports = try OpenCLBackend(device: #require(device)).inspectKernels()
        #expect(
            Set(reports.compactMap { $0.kernel.split(separator: " ").first.map(String.init) })
                == Set(KernelFile.all.keys.filter { !$0.hasPrefix("common/") }))
        for report in reports { #expect(report.localBytes <= 49_152, "\(report.kernel)") }
        #expect(reports.contains { $0.localBytes > 0 })
    }

    @Test func attentionTakesTensorCoresUpToTheWidestHeadsThatTheyHold() {
        let forms = KernelForm.onGPUs.filter { $0.entry == "attention_mma" }.map(\.defines)
        for (precision, widest) in [(0, 128), (1, 256), (2, 256)] {
            let widths = forms.filter { $0["PRECISION"] == precision }.flatMap { [$0["D"] ?? 0, $0["E"] ?? 0] }
            #expect(widths.max() == widest)
            #expect(widths.min() ?? 0 >= 16)
        }
        #expect(forms.allSatisfy { $0["EMULATED"] == 0 })
    }

    @Test func aBuildThatFailsCarriesTheCompilersLog() throws {
        let broken = "__kernel void gather() {\n    no_such_thing here;\n}\n"
        let backend = try OpenCLBackend(device: #require(device), replacingKernel: ["gather/gather.cl": broken])
        var sketch = Sketch()
        let x = sketch.bind(.column("x"), [Axis(.model, 2)], HostTensor([1, 2], [Float(1), 2]))
        _ = try sketch.step("y", .gather(Gather(table: 0)), [x], root: true)
        do {
            _ = try backend.prepare(sketch.plan)
            Issue.record("the kernel was accepted")
        } catch {
            guard case .build(let kernel, _, let log)? = error as? OpenCLError else { throw error }
            #expect(kernel == "gather/gather.cl")
            #expect(log.contains("no_such_thing"))
            #expect((error as? OpenCLError)?.fault == .device)
        }
    }
}
