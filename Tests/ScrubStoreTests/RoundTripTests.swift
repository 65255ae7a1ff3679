import Foundation
import ScrubCore
import ScrubExperiment
import ScrubPlan
import ScrubStatistics
import ScrubStore
import Testing

/// What is put into a store comes out of it.
@Suite struct RoundTripTests {
    private let folder: Folder
    private let store: RunStore
    private let asked: [AskedRun]

    init() throws {
        folder = try Folder()
        store = try RunStore(folder.store, mode: .create)
        asked = try SampleRuns.fill(store)
    }

    @Test func everythingThatWasWritten() throws {
        for reader in [store, try RunStore(folder.store, mode: .read)] {
            let runs = try reader.stored()
            #expect(runs.map(\.key) == asked.map(\.key))
            #expect(runs.map(\.statement) == asked.map(\.statement))
            #expect(runs.map(\.command) == asked.map(\.command))
            #expect(
                runs.map(\.state) == [
                    .done, .failed(message: "no such model", isInput: true), .unfinished(replicates: 30),
                    .unfinished(replicates: 0),
                ])
            #expect(runs[0].report == (try SampleRuns.report(seed: .max)))
            #expect((runs[0].tree, runs[0].seconds) == ("digraph {}", 0.25))
            #expect(abs(try #require(runs[0].finished).timeIntervalSinceNow) < 60)
            #expect(runs[1].finished != nil && runs[2].finished == nil && runs[2].report == nil)
        }
    }

    @Test func runsOfTheseKeysInThisOrder() throws {
        let keys = [asked[3].key, "no such key", asked[0].key]
        #expect(try store.stored(keys).map(\.key) == [asked[3].key, asked[0].key])
        #expect(try store.stored([]).isEmpty)
        #expect(try store.states(of: [asked[2].key, "no such key"]) == [asked[2].key: .unfinished(replicates: 30)])
    }

    @Test func whatAListShows() throws {
        let lines = try store.runs()
        let report = try SampleRuns.report()
        #expect(lines.map(\.hypothesis) == ["a.yaml", "b.yaml", "c.yaml", "d.yaml"])
        #expect(lines.map(\.seed) == [.max, 0, 3, 1 << 63])
        #expect(lines[0].parameters == ["head": "a0.h0", "layer": "0"])
        #expect((lines[1].model, lines[2].others) == ("models/b", "each"))
        #expect(lines.map(\.state) == (try store.stored()).map(\.state))
        let figures = try #require(lines[0].figures)
        #expect(figures.scrubbed == report.figures[0].scrubbed.mean)
        #expect(figures.recovered == report.figures[0].recovered?.mean)
        #expect([figures.low, figures.high].compactMap(\.self) == report.figures[0].recovered?.interval)
        #expect(lines[1...].allSatisfy { $0.figures == nil })
    }

    @Test(arguments: [
        (RunFilter(state: .done), "a"), (RunFilter(state: .failed), "b"), (RunFilter(state: .unfinished), "cd"),
        (RunFilter(hypothesis: "[ac]*"), "ac"), (RunFilter(hypothesis: "?.yaml"), "abcd"),
        (RunFilter(state: .done, hypothesis: "b*"), ""), (RunFilter.all, "abcd"),
    ]) func filters(_ filter: RunFilter, _ names: String) throws {
        let expected = names.map { "\($0).yaml" }
        #expect(try store.runs(filter).map(\.hypothesis) == expected)
        var found: [String] = []
        try store.each(filter) { found.append($0.statement.hypothesis) }
        #expect(found == expected)
    }

    @Test func whatIsUndefinedStaysSo() throws {
        var report = try SampleRuns.report()
        report.figures[0].recovered = nil
        report.figures[0].model.standardError = .infinity
        report.figures[0].baseline.mean = .nan
        let run = SampleRuns.asked("e")
        try store.add([run])
        try store.finish([SampleRuns.finished(run, report, tree: nil)])
        let stored = try #require(try store.stored([run.key]).first)
        #expect(stored.tree == nil)
        #expect(stored.report?.figures[0].model.standardError == .infinity)
        #expect(stored.report?.figures[0].baseline.mean.isNaN == true)
        let line = try #require(try store.runs(RunFilter(hypothesis: "e.yaml")).first?.figures)
        #expect(line.recovered == nil && line.low == nil && line.baseline.isNaN)
    }

    @Test func whatIsDoneStaysDone() throws {
        try store.fail(asked[0].key, message: "later", isInput: false)
        try store.add(asked)
        #expect(try store.states(of: [asked[0].key]) == [asked[0].key: .done])
        #expect(try store.stored([asked[0].key]).first?.report != nil)
    }

    @Test func aFailedRunMayBeFinished() throws {
        try store.finish([SampleRuns.finished(asked[1])])
        let run = try #require(try store.stored([asked[1].key]).first)
        #expect(run.state == .done && run.report != nil)
    }

    /// Figures and the end of progress are written together or not at all.
    @Test func finishingIsOneTransaction() throws {
        let batch = try #require(try store.batches().first).number
        let unknown = try SampleRuns.finished(SampleRuns.asked("never asked for"))
        #expect(
            throws: StoreError.failed(folder.store, "no run of the key \(unknown.key) was asked for")
        ) { try store.finish([SampleRuns.finished(asked[2]), unknown], batch: batch, seeds: [1]) }
        #expect(try store.states(of: [asked[2].key]) == [asked[2].key: .unfinished(replicates: 30)])

        try store.finish([SampleRuns.finished(asked[2])], batch: batch, seeds: [1])
        #expect(try store.states(of: [asked[2].key]) == [asked[2].key: .done])
        try store.chunks(ofBatch: batch, seed: 1) { _ in Issue.record("progress of what is done is kept") }
    }

    /// More runs than are read at once.
    @Test func manyRuns() throws {
        let many = (0..<600).map { SampleRuns.asked("many", seed: UInt64($0)) }
        try store.add(many)
        let keys = try store.stored().map(\.key)
        #expect(keys == (asked + many).map(\.key))
        #expect(try store.stored(keys.reversed()).map(\.key) == keys.reversed())
        // The store may be used from within.
        var count = 0
        try store.each(RunFilter(hypothesis: "many*")) { run in
            if run.statement.seed % 200 == 0 { count += try store.states(of: [run.key]).count }
        }
        #expect(count == 3)
    }

    @Test func figuresAreATableForOthers() throws {
        let printed = try Python.run(
            """
            import sqlite3, sys
            c = sqlite3.connect(sys.argv[1])
            print(c.execute("SELECT value FROM figure WHERE figure = 'scrubbed' AND \\"of\\" = ''").fetchall()[0][0])
            print(c.execute("SELECT count(*) FROM figure").fetchone()[0])
            """, folder.store)
        let report = try SampleRuns.report()
        #expect(printed == "\(report.figures[0].scrubbed.mean)\n\(report.rows.count)\n")
    }
}
