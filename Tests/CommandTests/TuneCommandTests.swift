import Foundation
import Scrubjay
import Testing

private let firstDevice = try? OpenCLDevice.all().first

/// `tune`, and what a run makes of what it keeps.
@Suite(.serialized, .enabled(if: firstDevice != nil, "needs an OpenCL device"))
struct TuneCommandTests {
    private static let options = ["--samples", "50", "--backend", "opencl"]
    private static let tune = ["tune", "h.yaml", "--seconds", "0.01"] + options
    private static let run = ["run", "h.yaml", "--quiet", "--json", "r.json"] + options

    private struct Account: Decodable {
        var digest: String
        var shapes: [TunedShape]
    }

    /// What the program itself said on standard error: a device's compiler may say something too.
    private func told(_ result: Program.Result) -> [String] {
        result.errors.split(separator: "\n").map(String.init).filter {
            $0.hasPrefix("warning: ") || $0.hasPrefix("error: ")
        }
    }

    private func report(_ place: SmallExperiment) throws -> Report {
        try JSONDecoder().decode(Report.self, from: Data(place.folder.bytes("r.json")))
    }

    /// The shapes of the hypothesis's plan are tuned; a run then says by which tuning, and its figures are those without.
    @Test func aRunIsByWhatIsKept() throws {
        let place = try SmallExperiment()
        let cache = ["SCRUBJAY_CACHE": "cache"]
        #expect(try place.scrubjay(Self.run, environment: cache).status == 0)
        let untuned = try report(place)
        #expect(untuned.provenance.tuning == nil)

        let tuned = try place.scrubjay(Self.tune + ["--json", "t.json"], environment: cache)
        #expect(tuned.status == 0, "\(tuned.errors)")
        let subject = Tuning.Subject(try #require(firstDevice))
        #expect(tuned.output.hasPrefix("opencl:0: \(subject)\n\n"))
        #expect(tuned.output.contains("\nlinear, rows "))
        #expect(tuned.output.hasSuffix(".json\n"))
        let account = try JSONDecoder().decode(Account.self, from: Data(place.folder.bytes("t.json")))
        #expect(account.shapes.contains { $0.shape.kernel == .linear })
        #expect(Set(account.shapes.map(\.shape)).count == account.shapes.count)
        #expect(account.shapes.allSatisfy { $0.chosen != nil })

        #expect(try place.scrubjay(Self.run, environment: cache).status == 0)
        let report = try report(place)
        #expect(report.provenance.tuning == account.digest)
        for (one, other) in zip(report.figures, untuned.figures) {
            #expect(abs(one.scrubbed.mean - other.scrubbed.mean) <= 1e-5 * abs(other.scrubbed.mean))
        }

        let listed = try place.scrubjay(["tune", "--list"], environment: cache)
        #expect(listed.status == 0)
        for shape in account.shapes { #expect(listed.output.contains("\n\(shape.shape)\n  ")) }
        let forgotten = try place.scrubjay(["tune", "--forget", "--backend", "opencl"], environment: cache)
        #expect(forgotten.output.hasPrefix("removed cache/tuning-"))
        #expect(try place.scrubjay(["tune", "--list"], environment: cache).output == "nothing is kept in cache\n")
        let again = try place.scrubjay(["tune", "--forget"], environment: cache)
        #expect(again.output == "nothing is kept for \(subject)\n")
    }

    /// Told once, whatever the number of hypotheses, and done without; tuning replaces it.
    @Test func aDamagedFileIsDoneWithout() throws {
        let place = try SmallExperiment()
        let store = TuningStore(folder: CacheFolder(path: place.folder.path("cache")))
        try store.folder.make()
        let file = store.file(of: Tuning.Subject(try #require(firstDevice)))
        try Data("no".utf8).write(to: URL(filePath: file))
        let cache = ["SCRUBJAY_CACHE": store.folder.path]
        let expected = "warning: \(file): not a tuning of a device, expected the JSON that `scrubjay tune` writes; "
        let ran = try place.scrubjay(["run", "h.yaml"] + Self.run.dropFirst(), environment: cache)
        #expect(ran.status == 0)
        #expect(told(ran) == [expected + "kernels are made as without one, and `scrubjay tune` measures it anew"])
        let listed = try place.scrubjay(["tune", "--list"], environment: cache)
        #expect(told(listed) == [String(expected.dropLast(2))])
        let tuned = try place.scrubjay(Self.tune, environment: cache)
        #expect(tuned.status == 0)
        #expect(told(tuned) == [expected + "it is replaced"])
        #expect(told(try place.scrubjay(Self.run, environment: cache)) == [])
    }

    /// An error where the result would be lost, before any time is spent; nothing to a run.
    @Test func aFolderThatCannotBeWritten() throws {
        let place = try SmallExperiment()
        let cache = ["SCRUBJAY_CACHE": "h.yaml/cache"]
        let tuned = try place.scrubjay(Self.tune, environment: cache)
        #expect(tuned.status == 3)
        #expect(tuned.errors == "error: h.yaml/cache: cannot make the folder: Not a directory\n")
        #expect(tuned.output == "")
        let ran = try place.scrubjay(Self.run, environment: cache)
        #expect(ran.status == 0)
        #expect(told(ran) == [])
    }

    @Test(arguments: [
        (["--backend", "cpu"], "error: --backend cpu has nothing to tune, expected opencl or opencl:<number>"),
        (["--seconds", "0"], "error: --seconds is 0.0, expected a number above 0"),
        (["--list", "--forget"], "error: --list and --forget are two commands: give one of them"),
    ])
    func whatCannotBeTuned(arguments: [String], says: String) throws {
        let place = try SmallExperiment()
        let result = try place.scrubjay(["tune"] + arguments, environment: ["SCRUBJAY_CACHE": "cache"])
        #expect(result.status == 2)
        #expect(result.errors == says + "\n")
    }

    @Test func withoutAFolder() throws {
        let place = try SmallExperiment()
        let none = ["SCRUBJAY_CACHE": "", "XDG_CACHE_HOME": "", "HOME": ""]
        let result = try place.scrubjay(["tune"], environment: none)
        #expect(result.status == 3)
        #expect(
            result.errors
                == "error: a tuning cannot be kept: SCRUBJAY_CACHE, XDG_CACHE_HOME and HOME name no folder\n")
    }
}
