import ScrubExperiment
import ScrubPages
import ScrubPlan
import ScrubStore
import Testing

/// Whatever users call things, a page says it and does not do it.
@Suite struct EscapingTests {
    static let names = [
        "<script>alert(1)</script>", "\"&'", "\" onload=\"alert(1)", "{{title}} {{{style}}}", "--><b>", "]]>",
        // To Swift these are other characters than a quote and an angle; to a browser they are not.
        "\"\u{301} onfocus=alert(1) tabindex=1 x=\"\u{301}", "<\u{301}img src=x onerror=alert(1)>",
    ]

    @Test(arguments: names) func whatIsGivenIsTextEverywhere(name: String) throws {
        let sample = try #require(
            try SampleSweep.runs.get().first { $0.statement.attribution && $0.report?.attribution != nil })
        let runs = ["1", "2"].flatMap { first in
            ["1", "2"].map { second in
                var run = sample
                run.statement.hypothesis = "folder/\(name)"
                run.statement.text = "# \(name)\n"
                run.statement.parameters = [name: "\(first) \(name)", "other": second]
                run.statement.others = "same: \(name)"
                run.statement.ablation = "mean:\(name)"
                run.command = "scrubjay run '\(name)'"
                run.tree = run.tree?.replacing("horizon", with: name.asLabel)
                run.report?.warnings = ["about \(name)"]
                run.report?.figures[0].metric = name
                run.report?.figures[0].groups[0].values = [name]
                run.report?.attribution?[0].claim = name
                run.report?.claims?.claims[0].same = name
                run.report?.provenance.files["\(name)/\(name)"] = name
                run.report?.backend.device = name
                return run
            }
        }
        var failed = sample
        (failed.report, failed.tree, failed.state) = (nil, name, .failed(message: name, isInput: true))
        failed.statement.text = name
        let html = try SweepPage(title: name, runs: runs + [failed]).html()
        let page = PageText(html)
        #expect(page.imbalance == nil)
        #expect(html.matches(of: /<script/).count == 1)
        #expect(!html.contains("\(name)</") || !name.utf8.contains { [60, 62, 34, 38, 39].contains($0) })
        // No attribute but those of the templates, no element but theirs.
        let attribute = /<[a-z][^>"]*("[^"]*"[^>"]*)* on[a-z]+=/.matchingSemantics(.unicodeScalar)
        #expect(!page.markup.contains(attribute))
        #expect(!page.markup.contains(/<img|<\u{301}/.matchingSemantics(.unicodeScalar)))
        let said = page.text
        for place in [
            "about \(name)", "scrubjay run '\(name)'", "same: \(name)", "mean:\(name)", "1 \(name)", "failed: \(name)",
            "# \(name)",
        ] {
            #expect(said.contains(place), "\(place)")
        }
        try SampleSweep.keep(html, "escaping.html")
    }
}

extension String {
    /// As a feature's text stands in Graphviz's language, within a label and within quotes alike.
    fileprivate var asLabel: String {
        replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "\\\"")
    }
}
