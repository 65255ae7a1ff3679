import Foundation
import ScrubExperiment
import ScrubPages
import ScrubStatistics
import ScrubStore
import Testing

@Suite struct RecordsTests {
    /// The cells of a line without quotes in it.
    private func cells(_ line: Substring) -> [String] {
        line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }

    @Test func aTableHasALineForEachBehaviourOfEachRun() throws {
        let runs = try SampleSweep.runs.get().filter { $0.state == .done }
        let lines = SweepRecords(runs).csv.split(separator: "\n")
        let head = cells(lines[0])
        #expect(lines.count == 1 + runs.reduce(0) { $0 + ($1.report?.figures.count ?? 0) })
        func column(_ name: String) throws -> Int { try #require(head.firstIndex(of: name), "\(name)") }
        var line = 1
        for run in runs {
            for figure in run.report?.figures ?? [] {
                let cells = cells(lines[line])
                #expect(cells.count == head.count)
                #expect(cells[try column("seed")] == "\(run.statement.seed)")
                #expect(cells[try column("metric")] == figure.metric)
                #expect(cells[try column("parameter layer")] == run.statement.parameters["layer"] ?? "")
                #expect(Double(cells[try column("recovered")]) == figure.recovered?.mean)
                #expect(Double(cells[try column("scrubbed_high")]) == figure.scrubbed.interval[1])
                #expect(cells[try column("scrubbed_trusted")] == "\(figure.scrubbed.isTrusted)")
                line += 1
            }
        }
    }

    @Test func whatHasQuotesOrLinesIsQuoted() throws {
        var run = try #require(try SampleSweep.runs.get().last)
        run.state = .failed(message: "say \"a, b\"\nand stop", isInput: false)
        let csv = SweepRecords([run]).csv
        #expect(csv.contains(",failed,\"say \"\"a, b\"\"\nand stop\","))
    }

    @Test func aLineOfJSONHasTheReport() throws {
        struct Line: Decodable {
            var statement: RunStatement
            var state: String
            var message: String?
            var report: Report?
            var command: String
        }
        let runs = try SampleSweep.runs.get()
        let lines = try SweepRecords(runs).jsonLines().split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
        #expect(lines.map(\.statement) == runs.map(\.statement))
        #expect(lines.map(\.report) == runs.map(\.report))
        #expect(lines.map(\.command) == runs.map(\.command))
        #expect(lines.last?.state == "failed" && lines.last?.message?.hasPrefix("2a.yaml:1:") == true)
    }

    @Test func markdownHasALineForEachGroup() throws {
        let runs = try SampleSweep.runs.get()
        let lines = SweepRecords(runs).markdown.split(separator: "\n")
        #expect(lines[0] == "| hypothesis | head | layer | others | seeds | recovered | scrubbed | model | baseline |")
        #expect(lines[1] == "| --- | --- | --- | --- | --- | ---: | ---: | ---: | ---: |")
        #expect(lines.count == 2 + 15)
        #expect(lines[2].hasPrefix("| 0a.yaml |  |  | as written | 5 | 100.0% (100.0% to 100.0%) |"))
        #expect(
            lines[16]
                == "| 2a.yaml |  |  | as written | 1 | 2a.yaml:1: no model is named, expected 'model: FOLDER' |  |  |  |"
        )
    }

    @Test func markdownCannotBeBrokenByNames() throws {
        var run = try #require(try SampleSweep.runs.get().first)
        run.statement.hypothesis = "a|b\n<c>_d"
        let lines = SweepRecords([run]).markdown.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[2].hasPrefix("| a\\|b \\<c\\>\\_d | 1 |"))
    }
}
