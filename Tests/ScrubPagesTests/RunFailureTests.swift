import ScrubPages
import ScrubStore
import Testing

/// Why runs failed can be read where nothing is unfolded.
@Suite struct RunFailureTests {
    private func page(_ messages: [String]) throws -> PageText {
        let sample = try #require(try SampleSweep.runs.get().first { $0.report != nil })
        let runs = messages.enumerated().map { number, message in
            var run = sample
            run.statement.seed = UInt64(number)
            (run.report, run.state) = (nil, .failed(message: message, isInput: true))
            return run
        }
        return PageText(try SweepPage(title: "failures", runs: runs).html())
    }

    private func failed(_ page: PageText) throws -> String {
        String(try #require(page.markup.firstMatch(of: /(?s)<section id="failed".*?<\/section>/)).0)
    }

    @Test func oneReasonIsSaidOnceWithItsSeeds() throws {
        let page = try page(["no head a9", "no head a9", "no head a9"])
        #expect(try failed(page).contains("0a.yaml, seeds 0 to 2</th><td class=\"bad\">failed: no head a9</td>"))
        #expect(page.bodies()[0].contains(">0 of 3 seeds<"))
        // The row that is not folded says it too.
        #expect(page.bodies()[0].split(separator: "<tr")[1].contains("failed: no head a9"))
        #expect(page.text.contains("Of seeds 0 to 2: failed: no head a9."))
        #expect(page.imbalance == nil)
    }

    @Test func severalReasonsAreSaidEach() throws {
        let page = try page(["no head a9", "no memory"])
        let section = try failed(page)
        #expect(section.contains("0a.yaml, seed 0</th>") && section.contains("0a.yaml, seed 1</th>"))
        #expect(page.bodies()[0].split(separator: "<tr")[1].contains("failed: no head a9; failed: no memory"))
    }

    @Test func aSweepWithoutFailuresHasNoSuchSection() throws {
        let done = try SampleSweep.runs.get().filter { $0.report != nil }
        let page = PageText(try SweepPage(title: "done", runs: done).html())
        #expect(!page.markup.contains("id=\"failed\""))
    }
}
