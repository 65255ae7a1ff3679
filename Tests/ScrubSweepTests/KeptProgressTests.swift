import Foundation
import ScrubCore
import ScrubExperiment
import ScrubPlan
import ScrubStore
import ScrubSweep
import Testing

/// What becomes of progress that nobody goes on with, and in which order it comes about.
@Suite struct KeptProgressTests {
    private let folder: SweepPlace
    private let store: RunStore

    init() throws {
        folder = try SweepPlace()
        store = try folder.store()
    }

    /// Two runs of which one round is kept.
    private func cutOff(_ lines: String = "hypotheses: [1a.yaml]\nseeds: 0..1\nsamples: 200\n") throws -> [SweepRun] {
        let runs = try folder.sweep(lines)
        var options = SweepPlace.options
        options.engine = FailingBackend(after: 1).engine
        _ = try folder.run(runs, in: store, options)
        try #require(store.batches().count == 1)
        return runs
    }

    /// As damage would.
    private func change(_ statement: String) throws {
        let python = Process()
        python.executableURL = URL(filePath: "/usr/bin/env")
        python.arguments = [
            "python3", "-c",
            "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2]); c.close()",
            store.path,
            statement,
        ]
        try python.run()
        python.waitUntilExit()
        try #require(python.terminationStatus == 0)
    }

    private func dropped(_ events: [SweepEvent]) -> [String] {
        events.compactMap { if case .dropped(let why) = $0 { why } else { nil } }
    }

    /// Nobody knows whose runs it is of.
    @Test(arguments: [Conductor.Unfinished.goOn, .beginAnew, .refuse])
    func aBatchThatIsDamagedIsDropped(_ unfinished: Conductor.Unfinished) throws {
        let runs = try cutOff()
        try change("UPDATE batch SET digest = 'x'")
        let (outcome, events) = try folder.run(runs, in: store, unfinished: unfinished)
        #expect(outcome.done == 2)
        #expect(dropped(events) == ["what was kept of unfinished runs is dropped: it was changed or damaged"])
        #expect(try store.batches().isEmpty)
    }

    @Test(arguments: ["digest = 'x'", "count = 'x'", "bytes = x'00'"])
    func aRoundThatIsDamagedBeginsAnew(_ assignment: String) throws {
        let runs = try cutOff()
        try change("UPDATE chunk SET \(assignment)")
        let (outcome, events) = try folder.run(runs, in: store, unfinished: .goOn)
        #expect(outcome.done == 2)
        #expect(dropped(events).count == 1)
        #expect(try store.batches().isEmpty)
    }

    /// Another sweep's is kept for it, but for `--fresh`, which drops what the store has.
    @Test func ofRunsThatAreNotAskedFor() throws {
        let runs = try cutOff()
        let others = try folder.sweep("hypotheses: [1b.yaml]\nsamples: 10\n")
        for unfinished in [Conductor.Unfinished.refuse, .goOn] {
            _ = try folder.run(others, in: store, unfinished: unfinished)
            #expect(try store.batches().count == 1)
        }
        let (outcome, events) = try folder.run(runs, in: store, unfinished: .goOn)
        #expect(outcome.done == 2)
        #expect(events.contains { if case .batch(let batch) = $0 { batch.kept == 64 } else { false } })

        _ = try cutOff("hypotheses: [1a.yaml]\nseeds: 2..3\nsamples: 200\n")
        _ = try folder.run(others, in: store, unfinished: .beginAnew)
        #expect(try store.batches().isEmpty)
    }

    /// Seeds end one after another, also where the width of an interval asks for more rounds: what is measured of few seeds is
    /// held at a time.
    @Test func seedsEndOneAfterAnother() throws {
        let runs = try folder.sweep("hypotheses: [1b.yaml]\nseeds: 0..3\nsamples: 100\nuntil-width: 0.1\n")
        var options = SweepPlace.options
        let store = store
        options.isStopped = { (try? store.runs().contains { $0.state == .done }) ?? true }
        let (outcome, _) = try folder.run(runs, in: store, options)
        #expect((outcome.done, outcome.left) == (1, 3))
        let (number, batch) = try #require(try store.batches().first)
        let kept = try store.replicates(ofBatch: number, seeds: try #require(batch).runs.count)
        #expect(kept.count <= 1)
        let samples = try #require(try store.stored().first { $0.state == .done }?.report?.samples)
        #expect(samples > 100)
    }

    /// Of several devices one stops all, whenever it is lost; what was measured before is kept, and another sweep goes on
    /// from there.
    @Test(arguments: [0, 1]) func oneOfSeveralThatIsLost(rounds: Int) throws {
        let lost = FailingBackend(after: rounds, isLostAtOnce: rounds == 0)
        var options = SweepPlace.options
        options.engine = Engine(
            backend: SeveralBackends(FailingBackend(), [lost]), limits: FailingBackend.limits)
        let runs = try folder.sweep("hypotheses: [1a.yaml]\nseeds: 0..1\nsamples: 200\n")
        let (outcome, events) = try folder.run(runs, in: store, options)
        #expect((outcome.done, outcome.failedByDevice) == (0, 2))
        #expect(
            events.contains { if case .failed(_, "the device is lost", .device) = $0 { true } else { false } })
        lost.mend()
        let (again, told) = try folder.run(runs, in: store, options, unfinished: .goOn)
        #expect((again.done, again.failedByDevice) == (2, 0))
        #expect(told.contains { if case .batch(let batch) = $0 { batch.kept == 64 * rounds } else { false } })

        let single = try folder.store("single.db")
        _ = try folder.run(runs, in: single)
        #expect(try StoreRow.all(store).map(\.figures) == StoreRow.all(single).map(\.figures))
    }

    /// All is kept, and it is told.
    @Test func aDeviceThatIsLostOnceAllIsMeasured() throws {
        var options = SweepPlace.options
        options.engine = FailingBackend(isLostInTheEnd: true).engine
        let (outcome, events) = try folder.run(
            folder.sweep("hypotheses: [1a.yaml]\nseeds: 0..1\nsamples: 200\n"), in: store, options)
        #expect((outcome.done, outcome.failedByDevice) == (2, 0))
        #expect(events.contains { if case .deviceLost("the device is lost") = $0 { true } else { false } })
    }
}
