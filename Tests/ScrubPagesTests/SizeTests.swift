import Foundation
import ScrubPages
import ScrubStore
import Testing

@Suite struct SizeTests {
    /// So many runs, each a hypothesis of its own, with a tree and a text of its own, as a sweep over parameters gives.
    private static func sweep(_ count: Int, seeds: Int = 1) throws -> [StoredRun] {
        let samples = try SampleSweep.runs.get().filter { $0.state == .done && $0.statement.others != nil }
        return (0..<count).map { number in
            let group = number / seeds
            var run = samples[group % samples.count]
            run.key = "\(number)"
            run.statement.hypothesis = "sweep/heads.yaml"
            run.statement.others = nil
            run.statement.seed = UInt64(number % seeds)
            run.statement.parameters = ["head": "\(group % 12)", "layer": "\(group / 12)"]
            run.statement.text += "# head \(group)\n"
            run.tree = run.tree?.replacing("a1.h0", with: "a\(group / 12).h\(group % 12)")
            return run
        }
    }

    /// Of the processor, for this thread: others may keep the machine busy.
    private static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    @Test func twoHundredRunsTakeLessThanTwoMegabytes() throws {
        let html = try SweepPage(title: "200 runs", runs: Self.sweep(200)).html()
        try SampleSweep.keep(html, "200.html")
        #expect(html.utf8.count < 2_000_000, "\(html.utf8.count) bytes")
        #expect(html.matches(of: /<figure class="tree">/).count == 200)
        #expect(html.matches(of: /<table class="heat">/).count == 1)
    }

    @Test func tenThousandRunsTakeLessThanTenSeconds() throws {
        let runs = try Self.sweep(10_000, seeds: 5)
        let started = Self.seconds
        let html = try SweepPage(title: "10,000 runs", runs: runs).html()
        let seconds = Self.seconds - started
        try SampleSweep.keep(html, "10000.html")
        #expect(seconds < 10, "\(seconds) s")
        #expect(html.contains("There are 2,000 hypotheses with their parameters and policies, more than the 500"))
        #expect(html.matches(of: /<tr class="seed">/).count == 10_000)
        #expect(!html.contains("<figure class=\"tree\">"))
    }

    @Test func fiveHundredGroupsAreShownWhole() throws {
        let runs = try Self.sweep(10_000, seeds: 20)
        let started = Self.seconds
        let html = try SweepPage(title: "500 groups", runs: runs).html()
        let seconds = Self.seconds - started
        #expect(seconds < 10, "\(seconds) s")
        #expect(html.matches(of: /<figure class="tree">/).count == 500)
    }

    @Test func aStoreWithoutRunsIsAPageThatSaysSo() throws {
        let page = PageText(try SweepPage(title: "nothing", runs: []).html())
        #expect(page.text.contains("0 runs of 0 hypotheses."))
        #expect(page.imbalance == nil)
    }

    @Test func everyFileOfTheFolderIsEmbedded() throws {
        let folder = SampleSweep.root + "Sources/CPageSources/templates"
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(PageSources.all.keys.sorted() == files)
        for file in files {
            #expect(
                PageSources.all[file] == (try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)), "\(file)")
        }
    }
}
