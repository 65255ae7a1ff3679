import Foundation
import ScrubExperiment
import ScrubPages
import ScrubStatistics
import ScrubStore
import Testing

@Suite struct PageTests {
    private static let html = Result {
        let html = try SweepPage(title: "Brackets: what the heads tell the output", runs: SampleSweep.runs.get()).html()
        try SampleSweep.keep(html, "brackets.html")
        return html
    }

    private func page() throws -> PageText { PageText(try Self.html.get()) }

    @Test func itIsOneFileThatAsksForNothing() throws {
        let page = try page()
        #expect(!page.markup.contains(/(src|href|xlink:href)="(?!#|data:,)/))
        #expect(!page.html.contains(/url\((?!#)|@import|https?:/))
        #expect(try page.values(of: "content").contains { $0.hasPrefix("default-src 'none'") })
    }

    @Test func itsTagsCloseAndItsReferencesLeadSomewhere() throws {
        let page = try page()
        #expect(page.imbalance == nil)
        let ids = try page.values(of: "id")
        #expect(Set(ids).count == ids.count, "two elements have one id")
        let referred =
            try page.values(of: "href").filter { $0.hasPrefix("#") }.map { String($0.dropFirst()) }
            + page.values(of: "aria-labelledby").flatMap { $0.split(separator: " ").map(String.init) }
        #expect(referred.count > 40)
        #expect(Set(referred).subtracting(ids) == [])
    }

    @Test func aScreenReaderFindsItsParts() throws {
        let markup = try page().markup
        for landmark in ["header", "nav", "main", "footer"] {
            #expect(markup.matches(of: try Regex("<\(landmark)[ >]")).count == 1, "\(landmark)")
        }
        let tables = markup.matches(of: /<table/).count
        #expect(markup.matches(of: /<caption>/).count == tables)
        #expect(!markup.contains(/<th(?! scope=)[ >]/))
        // Drawings have a name; of trees each claim has one.
        for drawing in markup.matches(of: /<svg ([^>]*)>/) {
            #expect(drawing.1.contains(/role="(img|group)"|aria-hidden/), "\(drawing.1)")
            #expect(drawing.1.contains(/aria-label|aria-hidden/), "\(drawing.1)")
        }
        let claims = markup.matches(of: /<g class="claim[^>]*tabindex="0" role="img"><title>(.)/)
        #expect(claims.count == markup.matches(of: /<g class="claim/).count && claims.count > 50)
    }

    @Test func everyFigureOfEveryRunIsThere() throws {
        let text = try page().text
        for run in try SampleSweep.runs.get() {
            #expect(text.contains(run.command), "\(run.command)")
            guard let report = run.report else { continue }
            for warning in report.warnings { #expect(text.contains(warning), "\(warning)") }
            let recovered = try #require(report.figures[0].recovered)
            let share = String(format: "%.1f%%", recovered.mean * 100).replacing("-", with: "−")
            #expect(text.contains(share), "\(run.key): \(share)")
            let ends = recovered.interval.map { String(format: "%.1f%%", $0 * 100).replacing("-", with: "−") }
            if recovered.method != .exact {
                #expect(text.contains(ends.joined(separator: " to ")), "\(run.key): \(ends)")
            }
        }
        for name in ["Wasserstein", "Kolmogorov-Smirnov", "energy", "cancels in the mean", "carry", "best constant"] {
            #expect(text.contains(name), "\(name)")
        }
        #expect(text.contains("balanced = 1") && text.contains("accuracy"))
        #expect(text.contains("unconditional: recovered"))
        #expect(text.contains("failed: 2a.yaml:1: no model is named"))
    }

    @Test func seedsAreFoldedUnderTheirHypothesis() throws {
        let bodies = try page().bodies()
        // Eight combinations of hypothesis and policy with five seeds, six heads, and the run that failed.
        #expect(bodies.count == 15)
        #expect(
            bodies.map { $0.matches(of: /<tr/).count } == Array(repeating: 6, count: 8) + Array(repeating: 1, count: 7))
        let shares = try SampleSweep.runs.get().prefix(5).compactMap { $0.report?.figures[0].recovered?.mean }
        #expect(shares.count == 5)
        let mean = try #require(bodies[0].firstMatch(of: /data-v="([^"]*)">100.0%/)?.1)
        #expect(abs((Double(mean) ?? 0) - shares.reduce(0, +) / 5) < 1e-12)
    }

    @Test func aTreeAndATextAreShownOnce() throws {
        let (page, runs) = (try page(), try SampleSweep.runs.get())
        let trees = Set(runs.compactMap(\.tree)).count
        #expect(page.markup.matches(of: /<figure class="tree">/).count == trees)
        let texts = Set(runs.filter { $0.report != nil }.map(\.statement.text)).count
        #expect(page.markup.matches(of: /<details class="source">/).count >= texts)
    }

    @Test func theHeatMapHasACellForEachHead() throws {
        let markup = try page().markup
        let table = try #require(markup.firstMatch(of: /(?s)<table class="heat">.*?<\/table>/)?.0)
        #expect(table.contains("layer <span class=\"soft\">by head</span>"))
        let shares = table.matches(of: />([0-9.]+)%<\/td>/).compactMap { Double($0.1) }
        let expected = try SampleSweep.runs.get().filter { $0.statement.hypothesis.hasSuffix("one-head.yaml") }
            .compactMap { $0.report?.figures[0].recovered?.mean }
        #expect(shares.count == 6)
        // The runs are in the order of layers, and of heads within them.
        #expect(zip(shares, expected).allSatisfy { abs($0 - $1 * 100) < 0.051 })
    }

    @Test func oneIsNotSeveral() throws {
        for hypothesis in ["0a", "1b", "one-head"] {
            var run = try #require(try SampleSweep.runs.get().first { $0.statement.hypothesis.contains(hypothesis) })
            run.report?.samples = 1
            run.report?.warnings = ["one"]
            let page = PageText(try SweepPage(title: "one", runs: [run]).html())
            #expect(page.text.contains("1 run of 1 hypothesis."))
            let plural =
                /\b1 (runs|hypotheses|seeds|samples|warnings|commands|lines|claims|intervals|rows|combinations)\b/
            #expect(page.text.firstMatch(of: plural)?.0 == nil)
            #expect(try page.values(of: "aria-label").allSatisfy { !$0.contains(plural) })
        }
    }

    @Test func warningsAreCountedAndLeadToTheirText() throws {
        var runs = Array(try SampleSweep.runs.get().prefix(7))
        for place in runs.indices { runs[place].report?.warnings = place == 6 ? ["few rows", "wide"] : [] }
        let page = PageText(try SweepPage(title: "warned", runs: runs).html())
        #expect(page.bodies()[1].contains("<a href=\"#w2\">2</a>"))
        #expect(page.markup.matches(of: /<tr id="w2">/).count == 1 && !page.markup.contains("\"#w1\""))
    }

    /// Rows whose names differ at the end alone are told apart, and each says all of its name.
    @Test func longNamesInTheDrawingDiffer() throws {
        let sample = try #require(try SampleSweep.runs.get().first { $0.report != nil })
        let names = (0..<3).map { "long-name-of-a-hypothesis-about-the-heads-of-layer-\($0).yaml" }
        let runs = names.map { name in
            var run = sample
            run.statement.hypothesis = name
            return run
        }
        let page = PageText(try SweepPage(title: "long", runs: runs).html())
        let plot = try #require(page.markup.firstMatch(of: /(?s)<svg class="plot".*?<\/svg>/)).0
        let drawn = plot.matches(of: /<text x="0"[^>]*>([^<]*)</).map { String($0.1) }
        #expect(Set(drawn).count == 3 && drawn.allSatisfy { $0.count <= 42 })
        for name in names { #expect(plot.contains("<g role=\"img\"><title>\(name): ")) }
    }
}
