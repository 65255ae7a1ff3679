import Foundation
import ScrubExperiment
import ScrubPages
import ScrubStore
import Testing

/// Runs of a hypothesis before and after it was edited.
@Suite struct EditionTests {
    private static func heads() throws -> [StoredRun] {
        try SampleSweep.runs.get().filter { $0.statement.hypothesis.hasSuffix("one-head.yaml") }
    }

    private static func edited(_ runs: [StoredRun], file: String? = nil) -> [StoredRun] {
        runs.map { run in
            var run = run
            run.key += " edited"
            run.statement.text += "# edited\n"
            run.finished = Date(timeIntervalSince1970: 1_800_086_400)
            if let file { run.report?.provenance.files[run.statement.hypothesis] = file }
            return run
        }
    }

    @Test func versionsAreToldApartByTheDigestOfTheirFile() throws {
        let old = try Self.heads().map { run in
            var run = run
            run.report?.provenance.files[run.statement.hypothesis] = "0123456789abcdef"
            return run
        }
        let page = PageText(try SweepPage(title: "t", runs: old + Self.edited(old, file: "fedcba9876543210")).html())
        #expect(page.text.contains("The text of one-head.yaml changed between its runs: 2 versions"))
        #expect(
            page.text.contains(
                "01234567 (6 runs, the last at 2027-01-15 08:00 UTC), fedcba98 (6 runs, the last at 2027-01-16"))
        let bodies = page.bodies()
        #expect(bodies.prefix(6).allSatisfy { $0.contains("<td>01234567</td>") })
        #expect(bodies.suffix(6).allSatisfy { $0.contains("<td>fedcba98</td>") })
        // One map each.
        let maps = page.markup.matches(of: /<table class="heat">\s*<caption>([^<]*)</).map(\.1)
        #expect(maps == ["one-head.yaml, text 01234567", "one-head.yaml, text fedcba98"])
        try SampleSweep.keep(page.html, "edited.html")
    }

    @Test func withoutTheFilesTheTextsTellThemApart() throws {
        let old = Array(try SampleSweep.runs.get().prefix(5))
        let page = PageText(try SweepPage(title: "t", runs: old + Self.edited(old)).html())
        let told = page.bodies().compactMap { $0.firstMatch(of: /<td>([0-9a-f]{8})<\/td>/)?.1 }
        #expect(Set(told).count == 2)
    }

    @Test func hypothesesOfOneTextHaveNoSuchColumn() throws {
        let page = PageText(try SweepPage(title: "t", runs: SampleSweep.runs.get()).html())
        #expect(!page.text.contains("changed between its runs"))
        #expect(!page.markup.contains("data-key=\"text\""))
    }
}
