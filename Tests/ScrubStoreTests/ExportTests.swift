import Foundation
import ScrubCore
import ScrubExperiment
import ScrubPlan
import ScrubStatistics
import ScrubStore
import Testing

/// What leaves a store, read by other programs.
@Suite struct ExportTests {
    private let folder: Folder
    private let store: RunStore
    private let report: Report

    init() throws {
        folder = try Folder()
        store = try RunStore(folder.store, mode: .create)
        try SampleRuns.fill(store)
        report = try SampleRuns.report()
        // One whose figures are not all defined, and whose name is hard to write down.
        var undefined = report
        undefined.figures[0].recovered = nil
        undefined.figures[0].model.standardError = .infinity
        undefined.figures[0].baseline.mean = .nan
        let run = SampleRuns.asked("odd, \"name\" | é", parameters: ["layer": "a,b\nc"])
        try store.add([run])
        try store.finish([SampleRuns.finished(run, undefined)])
    }

    /// Rows as python3's csv module reads them, as JSON.
    private func rows(_ form: ExportForm, _ filter: RunFilter = .all) throws -> [[String: String]] {
        let path = folder.path("out.csv")
        try store.export(form, filter, to: path)
        let json = try Python.run(
            "import csv, json, sys; print(json.dumps(list(csv.DictReader(open(sys.argv[1], newline='', encoding='utf-8'), strict=True))))",
            path)
        return try JSONDecoder().decode([[String: String]].self, from: Data(json.utf8))
    }

    @Test func aRowARun() throws {
        let rows = try rows(.csv)
        #expect(rows.map { $0["hypothesis"] } == ["a.yaml", "b.yaml", "c.yaml", "d.yaml", "odd, \"name\" | é.yaml"])
        #expect(rows.map { $0["param_layer"] } == ["0", "", "", "", "a,b\nc"])
        #expect(rows.map { $0["seed"] } == ["\(UInt64.max)", "0", "3", "\(UInt64(1) << 63)", "0"])
        #expect(rows.map { $0["state"] } == ["done", "failed", "unfinished", "unfinished", "done"])
        #expect(rows.map { $0["replicates"] } == ["200", "", "30", "0", "200"])
        let (figure, first) = (report.figures[0], rows[0])
        for (name, value) in [
            ("scrubbed", figure.scrubbed.mean), ("scrubbed_se", figure.scrubbed.standardError),
            ("scrubbed_high", figure.scrubbed.interval[1]), ("model_mean", figure.model.mean),
            ("baseline", figure.baseline.mean), ("recovered", figure.recovered?.mean),
            ("recovered_low", figure.recovered?.interval[0]),
        ] as [(String, Double?)] { #expect(first[name].flatMap(Double.init) == value, "\(name)") }
        #expect((first["device"], first["version"]) == (report.backend.device, report.provenance.version))
        #expect((first["by"], first["exact"], first["seconds"]) == ("a", "false", "0.25"))
        #expect((rows[1]["error"], rows[1]["model"], rows[1]["scrubbed"]) == ("no such model", "models/b", ""))
        #expect((rows[4]["recovered"], rows[4]["model_se"], rows[4]["baseline"]) == ("", "Inf", ""))
        // Every row has a value, empty or not, in every column.
        #expect(Set(rows.map { $0.keys.sorted() }).count == 1)
    }

    @Test func aRowANumber() throws {
        let rows = try rows(.figuresCSV)
        let expected = report.rows
        let own = rows.filter { $0["hypothesis"] == "a.yaml" }
        #expect(own.map { $0["figure"] } == expected.map(\.figure))
        #expect(own.map { $0["of"] } == expected.map(\.of))
        #expect(own.map { $0["value"].flatMap(Double.init) } == expected.map(\.estimate.mean))
        #expect(
            own.map { $0["low"].flatMap(Double.init) } == expected.map { $0.isEstimate ? $0.estimate.interval[0] : nil }
        )
        #expect(Set(rows.map { $0["seed"] }) == ["\(UInt64.max)", "0"])
        #expect(try self.rows(.figuresCSV, RunFilter(state: .failed)).isEmpty)
    }

    @Test func anObjectARun() throws {
        let path = folder.path("out.jsonl")
        try store.export(.jsonl, to: path)
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 6 && lines.last == "")
        struct Line: Decodable {
            var key: String
            var asked: RunStatement
            var state: String
            var error: String?
            var replicates: Int?
            var seconds: Double?
            var command: String
            var report: Report?
        }
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
        let read = try lines.dropLast().map { try decoder.decode(Line.self, from: Data($0.utf8)) }
        let stored = try store.stored()
        #expect(read.map(\.asked) == stored.map(\.statement))
        #expect(read.map(\.key) == stored.map(\.key) && read.map(\.command) == stored.map(\.command))
        #expect(read[0].report == stored[0].report && read[1].report == nil)
        #expect(read.map(\.state) == ["done", "failed", "unfinished", "unfinished", "done"])
        #expect((read[1].error, read[2].replicates, read[0].seconds) == ("no such model", 30, 0.25))
        // To a program that is not ours.
        let names = try Python.run(
            "import json, sys; print([json.loads(l)['asked']['seed'] for l in open(sys.argv[1], encoding='utf-8')])",
            path)
        #expect(names == "[\(UInt64.max), 0, 3, \(UInt64(1) << 63), 0]\n")
    }

    @Test func aTable() throws {
        func percent(_ value: Double?) -> String { String(format: "%.1f%%", (value ?? 0) * 100) }
        let (figure, four) = (report.figures[0], { (value: Double) in String(format: "%.4g", value) })
        let recovered = try #require(figure.recovered)
        let shown =
            "\(percent(recovered.mean)) (\(percent(recovered.interval[0])) to \(percent(recovered.interval[1])))"
        let (metric, model) = (figure.metric, four(figure.model.mean))
        let (scrubbed, baseline) = (four(figure.scrubbed.mean), four(figure.baseline.mean))
        #expect(
            try store.markdown() == """
                | hypothesis | head | layer | model folder | others | seed | samples | metric | model | scrubbed | baseline | recovered |
                | --- | --- | --- | --- | --- | ---: | ---: | --- | ---: | ---: | ---: | ---: |
                | a.yaml | a0.h0 | 0 |  |  | \(UInt64.max) | 200 | \(metric) | \(model) | \(scrubbed) | \(baseline) | \(shown) |
                | b.yaml |  |  | models/b |  | 0 | 200 |  |  |  |  | failed: no such model |
                | c.yaml |  |  |  | each | 3 | 200 |  |  |  |  | unfinished |
                | d.yaml |  |  |  |  | \(UInt64(1) << 63) | 200 |  |  |  |  | unfinished |
                | odd, "name" \\| é.yaml |  | a,b c |  |  | 0 | 200 | \(metric) | \(model) | \(scrubbed) |  | undefined |

                """)
        #expect(
            try store.markdown(RunFilter(state: .failed)) == """
                | hypothesis | model folder | seed | samples | metric | model | scrubbed | baseline | recovered |
                | --- | --- | ---: | ---: | --- | ---: | ---: | ---: | ---: |
                | b.yaml | models/b | 0 | 200 |  |  |  |  | failed: no such model |

                """)
    }

    /// A file is whole or is not there.
    @Test(arguments: ExportForm.allCases) func aDamagedStoreLeavesNoFile(_ form: ExportForm) throws {
        try Python.sql("UPDATE run SET seal = '' WHERE id = 5", folder.store)
        let before = folder.files
        #expect(throws: StoreError.self) { try store.export(form, to: folder.path("out")) }
        #expect(folder.files == before)
        #expect(throws: FileError.noFolder(path: folder.path("none/out"))) {
            try store.export(form, to: folder.path("none/out"))
        }
    }

    @Test(.enabled(if: Python.has("pandas"), "needs python3 with pandas")) func pandas() throws {
        let path = folder.path("out.csv")
        try store.export(.csv, to: path)
        let printed = try Python.run(
            """
            import pandas, sys
            d = pandas.read_csv(sys.argv[1])
            print(d.dtypes["scrubbed"], d.dtypes["samples"], d.dtypes["exact"], int(d["scrubbed"].isna().sum()), d["model_se"].max())
            """, path)
        #expect(printed == "float64 int64 bool 3 inf\n")
    }
}
