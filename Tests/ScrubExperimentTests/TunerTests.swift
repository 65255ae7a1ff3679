import Foundation
import ScrubCore
import ScrubExperiment
import ScrubOpenCL
import ScrubOps
import ScrubPlan
import Testing

private let firstDevice = try? OpenCLDevice.all().first

@Suite(.serialized, .enabled(if: firstDevice != nil, "needs an OpenCL device"))
struct TunerTests {
    private static let step = TunableStep(
        .linear(Linear()),
        [
            ValueType([Axis(.position, 4), Axis(.model, 24)]), ValueType([Axis(.model, 24), Axis(.head, 40)]),
        ], rows: 8)

    /// Tunes a small product with linear.cl changed.
    private func tuned(seconds: Double = 60, _ change: (inout String) -> Void) throws -> TunedShape {
        var text = try #require(KernelFile.all["linear/linear.cl"]).text
        change(&text)
        let backend = try OpenCLBackend(
            device: #require(firstDevice), replacingKernel: ["linear/linear.cl": text])
        let step = try #require(Self.step)
        return try #require(try Tuner(backend, seconds: seconds).tune(step))
    }

    private static func value(_ name: String, of candidate: TunedShape.Candidate) -> Int? {
        if case .own(let defines) = candidate.choice { defines[name] } else { nil }
    }

    /// Wrong by one, in one form alone, where no form is slower.
    @Test func aWrongKernelIsToldAndNeverChosen() throws {
        let found = try tuned { text in
            text = text.replacing(
                "#define GROUP",
                with: "#if VECTOR == 8\n#define WRONG 1.0f\n#else\n#define WRONG 0.0f\n#endif\n#define GROUP")
            #expect(text.contains("STORE(result, to)"))
            text = text.replacing("STORE(result, to)", with: "STORE(result + WRONG, to)")
        }
        let wrong = found.candidates.filter { $0.verdict == .wrong }
        #expect(wrong.count >= 4)
        for candidate in found.candidates {
            #expect((candidate.verdict == .wrong) == (Self.value("VECTOR", of: candidate) == 8), "\(candidate)")
        }
        #expect(wrong.allSatisfy { $0.reason?.contains(", expected ") == true && $0.seconds == nil })
        let chosen = try #require(found.chosen)
        #expect(!wrong.map(\.choice).contains(chosen))
        #expect(found.seconds != nil)
    }

    /// One form does not compile, one takes more local memory than any device has.
    @Test func whatTheDeviceDoesNotAcceptIsDropped() throws {
        let found = try tuned { text in
            text = text.replacing("#define GROUP", with: "#if TM == 8\n#error no such form\n#endif\n#define GROUP")
            text = text.replacing(
                "    x += x_at;",
                with: """
                    #if TM == 4
                        __local float vast[1 << 22];
                        vast[t] = x[0];
                        if (k == 0) y[0] = vast[0];
                    #endif
                        x += x_at;
                    """)
        }
        let dropped = found.candidates.filter { $0.verdict == .dropped }
        let refused = dropped.filter { Self.value("TM", of: $0) == 8 }
        #expect(refused.count >= 4)
        #expect(refused.allSatisfy { $0.reason?.contains("no such form") == true })
        let vast = dropped.filter { Self.value("TM", of: $0) == 4 }
        #expect(vast.count >= 4)
        #expect(found.candidates.allSatisfy { [4, 8].contains(Self.value("TM", of: $0)) == ($0.verdict == .dropped) })
        let chosen = try #require(found.chosen)
        #expect(!dropped.map(\.choice).contains(chosen))
    }

    @Test func withoutTimeTheFirstIsMeasured() throws {
        let found = try tuned(seconds: 1e-9) { _ in }
        #expect(found.candidates.first?.verdict == .timed)
        #expect(found.candidates.dropFirst().allSatisfy { $0.verdict == .untried })
        #expect(found.chosen == found.candidates.first?.choice)
    }

    @Test func candidatesComeInOneOrder() throws {
        let (one, other) = (try tuned(seconds: 1e-9) { _ in }, try tuned(seconds: 1e-9) { _ in })
        #expect(one.candidates.map(\.choice) == other.candidates.map(\.choice))
        #expect(Set(one.candidates.map(\.choice)).count == one.candidates.count)
        #expect(one.candidates.contains { $0.choice == .clblast })
    }
}
