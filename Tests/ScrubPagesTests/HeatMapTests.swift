import ScrubPages
import ScrubStore
import Testing

/// Runs under parameters, of which the maps are looked at.
@Suite struct HeatMapTests {
    private func page(_ parameters: [[String: String]], _ change: (inout StoredRun) -> Void = { _ in }) throws
        -> PageText
    {
        let sample = try #require(try SampleSweep.runs.get().first { $0.report != nil })
        let runs = parameters.map { values in
            var run = sample
            run.statement.hypothesis = "sweep/heads.yaml"
            run.statement.parameters = values
            run.statement.text += values.sorted { $0.key < $1.key }.map { "# \($0.key) \($0.value)\n" }.joined()
            change(&run)
            return run
        }
        let page = PageText(try SweepPage(title: "maps", runs: runs).html())
        #expect(page.imbalance == nil)
        return page
    }

    private func grid(_ layers: Int, _ heads: Int, features: Int) -> [[String: String]] {
        (0..<features).flatMap { feature in
            (0..<layers).flatMap { layer in
                (0..<heads).map { ["layer": "\(layer)", "head": "\($0)", "feature": "f\(feature)"] }
            }
        }
    }

    private func captions(_ page: PageText) -> [String] {
        page.markup.matches(of: /<table class="heat">\s*<caption>([^<]*)</).map { String($0.1) }
    }

    @Test func aThirdParameterHasAMapForEachValue() throws {
        let page = try page(grid(3, 4, features: 2))
        #expect(captions(page) == ["heads.yaml, feature f0", "heads.yaml, feature f1"])
        #expect(page.markup.matches(of: /layer <span class="soft">by head</).count == 2)
        #expect(page.markup.matches(of: /<td style="background/).count == 24)
    }

    /// The axes are those with most values, whichever they are called.
    @Test func theAxesHaveMostValues() throws {
        let page = try page(grid(2, 3, features: 5))
        #expect(captions(page) == ["heads.yaml, layer 0", "heads.yaml, layer 1"])
        #expect(page.markup.contains("head <span class=\"soft\">by feature</span>"))
    }

    @Test func moreMapsThanCanBeComparedAreLeftOutAndThatIsSaid() throws {
        let values = (0..<30).flatMap { place in
            grid(7, 7, features: 1).map { $0.merging(["a": "\(place / 6)", "b": "\(place % 6)"]) { $1 } }
        }
        let page = try page(values)
        #expect(captions(page).count == 24)
        #expect(page.text.contains("heads.yaml, feature f0: the first 24 of 30 maps by layer and head"))
    }

    @Test func parametersThatAreAListHaveNoMap() throws {
        let page = try page((0..<9).map { ["layer": "\($0)", "head": "\($0)", "feature": "f\($0)"] })
        #expect(captions(page) == [])
        #expect(page.text.contains("heads.yaml has no map by head and feature: its runs would fill 9 of 729 cells."))
    }

    @Test func aCellSaysWhetherItFailedOrIsNotFinished() throws {
        let page = try page(grid(2, 2, features: 1)) { run in
            if run.statement.parameters["layer"] == "0" { return }
            run.report = nil
            run.state =
                run.statement.parameters["head"] == "0"
                ? .failed(message: "no", isInput: true) : .unfinished(replicates: 5)
        }
        #expect(page.markup.contains("<td>failed</td><td>not finished</td>"))
    }
}
