import Foundation
import Scrubjay
import Testing

@Suite struct RunsCommandTests {
    private let store: SmallStore
    private let figures: Report.Figure

    init() throws {
        store = try SmallStore()
        figures = store.report.figures[0]
    }

    private func scrubjay(_ arguments: String...) throws -> String {
        let result = try store.small.scrubjay(arguments)
        #expect(result.errors == "" && result.status == 0)
        return result.output
    }

    /// The cells of each line, apart by two spaces or more.
    private func cells(_ text: String) -> [[String]] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.split(separator: /[ ]{2,}/).map(String.init)
        }
    }

    @Test func aLineARun() throws {
        let lines = cells(try scrubjay("runs", "runs.db"))
        #expect(lines.count == 8 && lines[5] == [] && lines[7] == [])
        #expect(lines[0] == ["hypothesis", "seed", "samples", "model", "scrubbed", "baseline", "recovered", "state"])
        #expect(Array(lines[1].prefix(3)) == ["h.yaml", "7", "4,000"] && lines[1].last == "done")
        let scrubbed = try #require(Double(lines[1][4]))
        #expect(abs(scrubbed / figures.scrubbed.mean - 1) < 1e-3)
        let share = try #require(figures.recovered)
        let percents = ([share.mean] + share.interval).map { String(format: "%.1f%%", $0 * 100) }
        #expect(lines[1][6] == "\(percents[0]) (\(percents[1]) to \(percents[2]))\(share.isTrusted ? "" : " (?)")")
        #expect(lines[2] == ["failed.yaml", "0", "4,000", "failed: failed.yaml:3: no such head perhaps a0.h1"])
        #expect(lines[3] == ["parts.yaml (head=0, others each)", "3", "4,000", "unfinished, 1,000 samples kept"])
        #expect(lines[4] == ["asked.yaml", "18446744073709551615", "4,000", "unfinished"])
        #expect(lines[6] == ["4 runs: 1 done, 1 failed, 2 unfinished"])
    }

    @Test func filters() throws {
        #expect(
            try scrubjay("runs", "runs.db", "--state", "unfinished").hasSuffix(
                "\n\n2 runs: 0 done, 0 failed, 2 unfinished\n"))
        #expect(
            try scrubjay("runs", "runs.db", "--hypothesis", "[hp]*").hasSuffix(
                "2 runs: 1 done, 0 failed, 1 unfinished\n"))
        #expect(try scrubjay("runs", "runs.db", "--hypothesis", "none") == "0 runs: 0 done, 0 failed, 0 unfinished\n")
        let one = try scrubjay("runs", "runs.db", "--state", "done", "--hypothesis", "h*")
        #expect(cells(one).count == 5 && one.hasSuffix("1 run: 1 done, 0 failed, 0 unfinished\n"))
    }

    @Test func whatIsListedCanBeDropped() throws {
        let refused = try store.small.scrubjay(["runs", "runs.db", "--drop"])
        #expect(refused.status != 0)
        #expect(refused.errors.contains("--drop takes --state, --hypothesis or --besides"))
        let dropped = cells(try scrubjay("runs", "runs.db", "--state", "failed", "--drop"))
        #expect(dropped[1].first == "failed.yaml")
        #expect(dropped[3] == ["1 run: 0 done, 1 failed, 0 unfinished; dropped"])
        #expect(cells(try scrubjay("runs", "runs.db")).contains(["3 runs: 1 done, 0 failed, 2 unfinished"]))
    }

    @Test func objects() throws {
        struct Object: Decodable {
            struct Figures: Decodable {
                var scrubbed: Double
                var recovered: Double?
                var interval: [Double]?
            }
            var hypothesis: String
            var parameters: [String: String]
            var others: String?
            var seed: UInt64
            var state: String
            var error: String?
            var replicates: Int?
            var figures: Figures?
            var seconds: Double?
        }
        let objects = try JSONDecoder().decode(
            [Object].self, from: Data(try scrubjay("runs", "runs.db", "--json").utf8))
        #expect(objects.map(\.hypothesis) == ["h.yaml", "failed.yaml", "parts.yaml", "asked.yaml"])
        #expect(objects.map(\.state) == ["done", "failed", "unfinished", "unfinished"])
        #expect(objects.map(\.seed) == [7, 0, 3, .max])
        #expect(objects.map(\.replicates) == [nil, nil, 1000, 0])
        #expect((objects[0].figures?.scrubbed, objects[0].seconds) == (figures.scrubbed.mean, 0.5))
        #expect(objects[0].figures?.interval == figures.recovered?.interval)
        #expect(objects[1].error == "failed.yaml:3: no such head\nperhaps a0.h1")
        #expect((objects[2].parameters, objects[2].others) == (["head": "0"], "each"))
        #expect(try scrubjay("runs", "runs.db", "--json", "--hypothesis", "none").filter { !$0.isWhitespace } == "[]")
    }

    /// A store that is read leaves nothing beside it.
    @Test func nothingIsLeftBehind() throws {
        let folder = store.small.folder.path
        let before = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        _ = try scrubjay("runs", "runs.db")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == before)
    }

    /// A bound that a busy machine keeps too; the time taken is printed.
    @Test func tenThousandRuns() throws {
        let many = store.small.folder.path("many.db")
        do {
            let store = try RunStore(many, mode: .create)
            let asked = (0..<10_000).map { number in
                var run = SmallStore.asked("h.yaml", seed: UInt64(number))
                run.statement.parameters = ["head": "\(number % 12)"]
                return run
            }
            try store.add(asked)
            try store.finish(
                asked.map { FinishedRun(key: $0.key, report: self.store.report, tree: nil, seconds: 0.1) })
        }
        for arguments in [
            ["runs", "many.db"], ["runs", "many.db", "--json"], ["report", "many.db", "--csv", "many.csv"],
        ] {
            let start = ContinuousClock.now
            let result = try store.small.scrubjay(arguments)
            let seconds = (ContinuousClock.now - start).inSeconds
            print("scrubjay \(arguments.joined(separator: " ")), 10,000 runs: \(seconds) s")
            #expect(result.status == 0 && result.errors == "")
            #expect(seconds < (arguments[0] == "runs" ? 5 : 60))
        }
        #expect(
            try store.small.scrubjay(["runs", "many.db"]).output.hasSuffix(
                "10,000 runs: 10,000 done, 0 failed, 0 unfinished\n"))
        #expect(try store.small.folder.text("many.csv").split(separator: "\n").count == 10_001)
    }
}
