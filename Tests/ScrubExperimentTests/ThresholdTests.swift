import Foundation
import ScrubExperiment
import Testing

/// What a run must reach.
@Suite struct ThresholdTests {
    /// One head of two: half of the behaviour, 48.6% to 51.7%.
    private static let report = Result {
        let docs = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/tutorial/one-head.yaml").path
        return try Experiment(contentsOf: docs).run(RunOptions(samples: 4000, backend: .cpu, threads: 1)).report
    }

    @Test(arguments: [
        ("recovered >= 0.48", true), ("recovered >= 0.495", false), ("recovered.mean >= 0.495", true),
        ("recovered <= 0.52", true), ("recovered <= 0.51", false), ("recovered.mean<=0.51", true),
        ("model <= 0", true), ("model.mean >= 0.1", false), ("baseline >= 1", true),
    ]) func isMetByTheWorseEndOrTheMean(text: String, isMet: Bool) throws {
        #expect(try #require(Threshold(text)).isMet(by: Self.report.get()) == isMet)
    }

    @Test(arguments: [
        "", "recovered", ".mean >= 1", "recovered.mean", "recovered. >= 1", "recovered.mean.mean >= 1", "x >= 1",
    ])
    func whatIsNone(text: String) { #expect(Threshold(text) == nil) }
}
