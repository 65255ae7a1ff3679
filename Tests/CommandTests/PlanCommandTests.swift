import Foundation
import Scrubjay
import Testing

/// `plan` and `profile` as a user sees them.
@Suite struct PlanCommandTests {
    private static let plan = ["plan", "h.yaml", "--samples", "50", "--backend", "cpu", "--threads", "1"]
    private static let subject = DeviceProfile.Subject(backend: CPUBackend(threads: 1).identity, workers: 1)

    /// What is foretold is what a run reports.
    @Test func foretellsTheRun() throws {
        let place = try SmallExperiment()
        let planned = try place.scrubjay(Self.plan + ["--explain", "--json", "p.json"])
        #expect(planned.status == 0, "\(planned.errors)")
        let ran = try place.scrubjay(["run"] + Self.plan.dropFirst() + ["--quiet", "--json", "r.json"])
        #expect(ran.status == 0, "\(ran.errors)")
        let forecast = try JSONDecoder().decode(Forecast.self, from: Data(place.folder.bytes("p.json")))
        let report = try JSONDecoder().decode(Report.self, from: Data(place.folder.bytes("r.json")))
        #expect(forecast.plan == report.plan)
        #expect(forecast.backend == report.backend)
        #expect(forecast.samples == 50)
        for account in try #require(forecast.passes) { #expect(planned.output.contains("\n\(account.pass)  ")) }
    }

    /// Hypotheses that one plan serves are one entry.
    @Test func severalHypothesesAreOnePlan() throws {
        let place = try SmallExperiment()
        let result = try place.scrubjay(["plan", "h.yaml", "h.yaml"] + Self.plan.dropFirst(2))
        #expect(result.output.hasPrefix("h.yaml\nh.yaml\n50 samples, on cpu: "))
        #expect(result.output.contains(", for 2 hypotheses by one plan\n"))
    }

    @Test func noProfileIsSaid() throws {
        let place = try SmallExperiment()
        let result = try place.scrubjay(Self.plan, environment: ["SCRUBJAY_CACHE": "none"])
        #expect(result.status == 0)
        #expect(result.output.hasSuffix("\nno profile of this device: `scrubjay profile` measures one\n"))
    }

    @Test func aDamagedProfileIsDoneWithout() throws {
        let place = try SmallExperiment()
        let store = ProfileStore(folder: CacheFolder(path: place.folder.path("cache")))
        try store.folder.make()
        let file = store.file(of: Self.subject)
        try Data("no".utf8).write(to: URL(filePath: file))
        let result = try place.scrubjay(Self.plan, environment: ["SCRUBJAY_CACHE": store.folder.path])
        #expect(result.status == 0)
        #expect(
            result.errors
                == "warning: \(file): not a profile of a device, expected the JSON that `scrubjay profile` writes; "
                + "`scrubjay profile` measures it anew\n")
        #expect(result.output.hasSuffix("\nno profile of this device: `scrubjay profile` measures one\n"))
    }

    @Test func aFolderThatCannotBeMadeIsNoFailure() throws {
        let place = try SmallExperiment()
        let result = try place.scrubjay(
            ["profile", "--backend", "cpu", "--threads", "1"], environment: ["SCRUBJAY_CACHE": "h.yaml/cache"])
        #expect(result.status == 0)
        #expect(result.output.hasPrefix("\(Self.subject.text)\n\nproduct, "))
        #expect(
            result.errors == "warning: the profile is not kept: h.yaml/cache: cannot make the folder: Not a directory\n"
        )
    }
}
