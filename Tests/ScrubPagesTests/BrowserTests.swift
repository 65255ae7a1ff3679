import Foundation
import ScrubPages
import ScrubStore
import Testing

@Suite("pages in a browser", .enabled(if: Browser.program != nil, "chromium is not installed"), .serialized)
struct BrowserTests {
    private func sample() throws -> String {
        try SweepPage(title: "Brackets", runs: SampleSweep.runs.get()).html()
    }

    /// The shares by which the table's bodies are sorted, in their order; nil for a body that has none.
    private func shares(_ html: String) -> [Double?] {
        PageText(html).bodies().map {
            $0.firstMatch(of: /<td class="n" data-v="([^"]*)">[^<]*%/).flatMap { Double($0.1) }
        }
    }

    @Test func theScriptFindsNoFaultAndChangesNoFigure() throws {
        let html = try sample()
        let (shown, console) = try Browser.open(html)
        #expect(console == [])
        #expect(shown.contains("aria-expanded=\"false\""), "the script has not run")
        // All that is read without a script is there with it.
        func words(_ html: String) throws -> Set<Substring> {
            let page = PageText(html)
            let said = [page.text] + (try page.values(of: "aria-label"))
            return Set(said.joined(separator: " ").split { $0.isWhitespace || $0 == "▸" })
        }
        #expect(try words(html).subtracting(words(shown)) == [])
    }

    @Test(arguments: ["recovered", "recovered,descending"]) func anAddressNamesAnOrder(order: String) throws {
        let (shown, console) = try Browser.open(try sample(), fragment: "sort=\(order)")
        #expect(console == [])
        let shares = shares(shown)
        let known = shares.compactMap(\.self)
        #expect(shares.count == 15 && known.count == 14)
        #expect(known == (order == "recovered" ? known.sorted() : known.sorted(by: >)))
        // The run without a figure is last in either order.
        #expect(shares.last == .some(nil))
        #expect(shown.contains("aria-sort=\"\(order == "recovered" ? "ascending" : "descending")\""))
    }

    @Test func anAddressOpensThePartThatItNames() throws {
        let (shown, _) = try Browser.open(try sample(), fragment: "g4")
        let open = shown.matches(of: /<details class="group" open="">.*?<h4>([^<]*)<\/h4>/).map { String($0.1) }
        #expect(open == ["others each"])
    }

    /// A page with the test's own script behind the page's, and without the rule that forbids it. What the script says
    /// is a list of names of what did not hold.
    private func faults(_ script: String) throws -> String {
        let html = try sample().replacing(/<meta http-equiv="Content-Security-Policy"[^>]*>/, with: "")
            .replacing("</body>", with: "<script>\(Self.prelude)\(script);document.body.append(out)</script></body>")
        let (shown, console) = try Browser.open(html)
        #expect(console == [])
        return String(try #require(shown.firstMatch(of: /(?s)<output id="faults">(.*?)<\/output>/)).1)
    }

    private static let prelude = """
        const out = document.createElement("output"); out.id = "faults"; out.textContent = "none";
        const expect = (isTrue, name) => { if (!isTrue) out.textContent += ", " + name; };
        const table = document.getElementById("run-table");
        const seen = () => [...table.querySelectorAll("tr")].filter((row) => row.offsetParent !== null).length;
        """

    @Test func headsSortByClickFoldsOpenAndWordsFilter() throws {
        let faults = try faults(
            """
            expect(seen() === 16, "folded " + seen());
            const head = table.tHead.querySelector("[data-key=recovered]"), button = head.querySelector("button");
            expect(head.querySelector(".paper").textContent === "recovered", "head on paper");
            button.click();
            expect(head.getAttribute("aria-sort") === "descending", "first click");
            expect(table.tBodies[0].textContent.includes("100.0%"), "greatest first");
            button.click();
            expect(head.getAttribute("aria-sort") === "ascending", "second click");
            expect(table.tBodies[0].textContent.includes("0b.yaml"), "least first");
            const seeds = table.querySelector(".seeds button");
            seeds.click();
            expect(seen() === 21 && seeds.getAttribute("aria-expanded") === "true", "unfolded " + seen());
            document.getElementById("fold").click();
            expect(seen() === 56, "every seed " + seen());
            const filter = document.getElementById("filter");
            filter.value = "1A each"; filter.dispatchEvent(new Event("input"));
            expect(document.getElementById("shown").textContent === "1 of 15 shown", "shown");
            expect([...table.tBodies].filter((body) => !body.hidden).length === 1, "filter");
            """)
        #expect(faults == "none")
    }

    @Test func claimsSpeakWhenTheyAreFocused() throws {
        let faults = try faults(
            """
            const block = document.querySelector("details.group"); block.open = true;
            const claim = block.querySelectorAll(".claim")[1], tip = document.getElementById("tooltip");
            expect(tip.hidden, "hidden first");
            claim.focus();
            expect(document.activeElement === claim, "focus");
            expect(!tip.hidden && tip.textContent.includes("datum #"), "tip " + tip.textContent);
            expect(claim.getAttribute("aria-label") === tip.textContent, "label");
            document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
            expect(tip.hidden, "escape");
            """)
        #expect(faults == "none")
    }

    @Test func commandsAreCopiedOrSelected() throws {
        let faults = try faults(
            """
            const commands = document.querySelector("#commands details"); commands.open = true;
            commands.dispatchEvent(new Event("toggle"));
            const item = commands.querySelector("li"), button = item.querySelector(".copy");
            button.click();
            expect(getSelection().toString() === item.querySelector("code").textContent, "selected " + getSelection());
            """)
        #expect(faults == "none")
    }

    /// The page is as wide as a telephone, whatever its tables are.
    @Test func nothingIsWiderThanANarrowWindow() throws {
        let html = try sample().replacing(/<meta http-equiv="Content-Security-Policy"[^>]*>/, with: "")
            .replacing("<details class=\"group\">", with: "<details class=\"group\" open>")
            .replacing(
                "</body>",
                with:
                    "<script>document.title = `${document.documentElement.scrollWidth} of ${document.documentElement.clientWidth}`</script></body>"
            )
        let (shown, _) = try Browser.open(html, flags: ["--window-size=500,900"])
        let title = try #require(shown.firstMatch(of: /<title>(\d+) of (\d+)<\/title>/))
        #expect(title.1 == title.2)
    }

    /// In a window of a common size every column of the table of runs is seen without scrolling, the last one too.
    @Test func theWholeTableIsSeen() throws {
        let runs = try SampleSweep.runs.get().map { run in
            var run = run
            run.statement.hypothesis = run.statement.hypothesis.replacing(
                "one-head", with: "heads-of-every-layer-that-may-be-left-out-one-after-another")
            run.statement.parameters["feature"] = "count_of_open_brackets AND starts_with_an_open_one"
            return run
        }
        let html = try SweepPage(title: "wide", runs: runs).html()
            .replacing(/<meta http-equiv="Content-Security-Policy"[^>]*>/, with: "")
            .replacing(
                "</body>",
                with: """
                    <script>const box = document.getElementById("run-table").parentElement;
                    document.title = `${box.scrollWidth} of ${box.clientWidth}`</script></body>
                    """)
        try SampleSweep.keep(html, "wide.html")
        let (shown, _) = try Browser.open(html, flags: ["--window-size=1200,900"])
        let title = try #require(shown.firstMatch(of: /<title>(\d+) of (\d+)<\/title>/))
        #expect(title.1 == title.2)
    }

    /// The rule in the head of the page lets its own script run, and no other.
    @Test func anotherScriptIsRefused() throws {
        let html = try sample().replacing("</body>", with: "<script>document.title = 'changed'</script></body>")
        let (shown, console) = try Browser.open(html)
        #expect(shown.contains("<title>Brackets</title>"))
        #expect(console.contains { $0.contains("Content Security Policy") })
    }
}
