import ScrubCore
import ScrubPages
import ScrubStore
import Testing

@Suite struct TreeTests {
    /// Answers whatever it is asked to lay out with one thing.
    private struct GivenAnswer: TreeDrawing {
        let answer: Result<String, GraphvizError>
        func layout(of graphs: String) throws -> String { try answer.get() }
    }

    private func html(_ answer: Result<String, GraphvizError>, tree: String? = nil) throws -> PageText {
        var run = try #require(try SampleSweep.runs.get().first { $0.statement.hypothesis.hasSuffix("1a.yaml") })
        if let tree { run.tree = tree }
        return PageText(try SweepPage(title: "trees", runs: [run], drawing: GivenAnswer(answer: answer)).html())
    }

    @Test func withoutGraphvizClaimsAreAList() throws {
        let page = try html(.failure(.missing))
        #expect(page.text.contains("Not drawn: that takes Graphviz (apt install graphviz)"))
        #expect(
            page.markup.contains(
                "<ul><li><strong>logits</strong> #0 the reference<ul><li><strong>a1.h0</strong> #2 same horizon as #0, 2 classes of "
            ))
        #expect(page.markup.contains("<li><strong>others</strong> #1 any</li>"))
        #expect(!page.markup.contains("class=\"tree\""))
        #expect(page.imbalance == nil)
    }

    @Test func aProgramThatFailsIsQuoted() throws {
        let page = try html(.failure(.failed(status: 1, said: "out of <luck>\n")))
        #expect(page.text.contains("Not drawn: Graphviz's dot ended with status 1: out of <luck>"))
        #expect(page.imbalance == nil)
    }

    @Test(arguments: ["", "graph 1 2", "graph 1 2 3\nnode c0\nedge c0 c1 99 1 2\nstop\ngraph 1 1 1\nstop\n"])
    func anAnswerThatIsNoneLeavesTheList(answer: String) throws {
        let page = try html(.success(answer))
        #expect(page.text.contains("Not drawn: the program that lays trees out drew"))
        #expect(page.imbalance == nil)
    }

    @Test func aTreeInAnotherFormIsShownAsItIs() throws {
        let page = try html(.success(""), tree: "digraph { a -> b }")
        #expect(page.text.contains("digraph { a -> b }") && page.text.contains("in no form that this page can draw"))
        #expect(page.imbalance == nil)
    }

    @Test func whatASharedClaimReadsIsListedOnce() throws {
        let node = { (id: String, name: String) in
            "  \(id) [label=<<b>\(name)</b><br/><font point-size=\"9\" color=\"#555555\">#0 exact</font>>, tooltip=\"\(name): exact\\ndatum #0, drawn as reference\", fillcolor=\"0.570 0.22 0.98\", color=\"0.570 0.55 0.65\"]\n"
        }
        let tree =
            "digraph claims {\n" + node("c0", "logits") + node("c1", "m0") + node("c2", "m1") + node("c3", "word")
            + "  c0 -> c1\n  c0 -> c2\n  c1 -> c3\n  c2 -> c3\n}\n"
        let page = try html(.failure(.missing), tree: tree)
        #expect(page.markup.contains("<strong>word</strong> #0 exact, as above</li>"))
        #expect(page.markup.matches(of: /<strong>word/).count == 2)
    }
}
