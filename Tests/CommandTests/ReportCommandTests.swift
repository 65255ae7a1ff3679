import Foundation
import Scrubjay
import Testing

@Suite struct ReportCommandTests {
    /// A folder with a store of one run that is done, one that failed and one that has not begun.
    private static func store() throws -> (small: SmallExperiment, report: Report) {
        let small = try SmallExperiment()
        let experiment = try Experiment(contentsOf: small.folder.path("h.yaml"))
        let report = try experiment.run(RunOptions(samples: 50, seed: 7, backend: .cpu)).report
        let statement = RunStatement(
            hypothesis: "h.yaml", text: SmallExperiment.hypothesis, seed: 7, samples: 50)
        let store = try RunStore(small.folder.path("runs.sqlite"), mode: .create)
        try store.add(
            ["done", "failed", "asked"].map {
                var own = statement
                own.hypothesis = $0 == "done" ? "h.yaml" : "\($0).yaml"
                return AskedRun(key: $0, statement: own, command: "scrubjay run \(own.hypothesis) --seed 7")
            })
        try store.finish(
            [FinishedRun(key: "done", report: report, tree: experiment.treeDOT, seconds: 0.5)])
        try store.fail("failed", message: "failed.yaml:3: no such head", isInput: true)
        return (small, report)
    }

    @Test func everyFormIsWritten() throws {
        let (small, report) = try Self.store()
        let result = try small.scrubjay([
            "report", "runs.sqlite", "-o", "r.html", "--title", "Heads & <tails>", "--csv", "r.csv", "--jsonl",
            "r.jsonl",
            "--markdown", "r.md",
        ])
        #expect(result.status == 0 && result.output == "" && result.errors == "")

        let page = try small.folder.text("r.html")
        #expect(page.contains("<h1>Heads &amp; &lt;tails&gt;</h1>"))
        #expect(page.contains("failed: failed.yaml:3: no such head") && page.contains("not finished: 0 samples so far"))
        #expect(page.contains("scrubjay run h.yaml --seed 7"))

        let lines = try small.folder.text("r.csv").split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        let column = try #require(lines[0].firstIndex(of: "scrubbed"))
        #expect(Double(lines[1][column]) == report.figures[0].scrubbed.mean)

        struct Line: Decodable {
            var key: String
            var state: String
            var report: Report?
        }
        let objects = try small.folder.text("r.jsonl").split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
        #expect(Set(objects.map { "\($0.key) \($0.state)" }) == ["done done", "failed failed", "asked unfinished"])
        #expect(objects.first { $0.key == "done" }?.report?.figures == report.figures)
        #expect(try small.folder.text("r.md").hasPrefix("| hypothesis | seed | samples | metric |"))
    }

    @Test func thePageIsCalledAsTheSweepOrElseAsTheStore() throws {
        let (small, _) = try Self.store()
        func title() throws -> Substring? {
            #expect(try small.scrubjay(["report", "runs.sqlite", "-o", "r.html"]).status == 0)
            return try small.folder.text("r.html").firstMatch(of: /<title>(.*?)<\/title>/)?.1
        }
        #expect(try title() == "runs")
        try small.folder.write(
            "s.yaml", "name: layer by head\nhypotheses: h.yaml\nsamples: 20\n")
        #expect(try small.scrubjay(["sweep", "s.yaml", "--store", "runs.sqlite", "--backend", "cpu"]).status == 0)
        #expect(try title() == "layer by head")
    }

    @Test(arguments: [
        (
            ["runs.sqlite"], Int32(2),
            "error: report writes nothing without --output, --csv, --figures-csv, --jsonl or --markdown: name a file\n"
        ),
        (["runs.sqlite", "-o", "a", "--csv", "a"], 2, "error: --output and --csv name the same file\n"),
        (["runs.sqlite", "--jsonl", "runs.sqlite"], 2, "error: --jsonl names the store itself: runs.sqlite\n"),
        (
            ["runs.sqlite", "-o", "empty.sqlite"], 2,
            "error: --output names another store, which a report would replace: empty.sqlite\n"
        ),
        (
            ["runs.sqlite", "--csv", "h.yaml"], 2,
            "error: --csv names a hypothesis or a sweep, which a report would replace: h.yaml\n"
        ),
        (["none.sqlite", "-o", "r.html"], 2, "error: none.sqlite: no such store\n"),
        (["runs.sqlite", "-o", "no/r.html"], 3, "error: no/r.html: cannot write: the folder does not exist\n"),
        (
            ["empty.sqlite", "-o", "r.html"], 2,
            "error: empty.sqlite: no run was asked for in this store, so that there is nothing to report\n"
        ),
    ])
    func whatCannotBeReportedIsSaid(arguments: [String], status: Int32, says: String) throws {
        let (small, _) = try Self.store()
        _ = try RunStore(small.folder.path("empty.sqlite"), mode: .create)
        let result = try small.scrubjay(["report"] + arguments)
        #expect(result.status == status)
        #expect(result.errors == says && result.output == "")
        #expect(!FileManager.default.fileExists(atPath: small.folder.path("r.html")))
    }
}
