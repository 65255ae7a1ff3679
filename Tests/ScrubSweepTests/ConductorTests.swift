import Foundation
import ScrubExperiment
import ScrubPlanner
import ScrubStore
import ScrubSweep
import Testing

@Suite struct ConductorTests {
    private static let sweep = """
        hypotheses: [1b.yaml, 1a.yaml]
        seeds: 0..1
        others: [file, each]
        samples: 200
        """

    @Test func everyRunHasTheFiguresOfOneByItself() throws {
        let folder = try SweepPlace()
        let store = try folder.store()
        let runs = try folder.sweep(Self.sweep)
        let (outcome, events) = try folder.run(runs, in: store)
        #expect((outcome.asked, outcome.done, outcome.left) == (8, 8, 0))
        let batches = events.compactMap { if case .batch(let batch) = $0 { batch } else { nil } }
        #expect(batches.map(\.statements.count) == [4])
        let stored = try store.stored(nil)
        #expect(stored.count == 8)
        for (run, asked) in zip(stored, runs) {
            #expect(run.statement == asked.statement)
            var reader = ExperimentReader()
            let options = RunOptions(samples: 200, seed: asked.statement.seed, backend: .cpu, threads: 1)
            let alone = try reader.experiment(asked.hypothesis.get()).run(options).report
            #expect(run.report?.figures == alone.figures)
            #expect(run.report?.outputs == alone.outputs)
            #expect(run.report?.seed == asked.statement.seed)
            #expect(run.report?.others == asked.statement.others)
            #expect(run.tree?.isEmpty == false)
            #expect(run.state == .done)
        }
    }

    @Test func whatTheStoreHasIsNotComputedAgain() throws {
        let folder = try SweepPlace()
        let store = try folder.store()
        _ = try folder.run(try folder.sweep(Self.sweep), in: store)
        let before = try StoreRow.all(store)
        let (outcome, events) = try folder.run(
            try folder.sweep(Self.sweep.replacing("0..1", with: "0..2")), in: store)
        #expect((outcome.asked, outcome.present, outcome.done) == (12, 8, 4))
        let seeds = events.compactMap { if case .batch(let batch) = $0 { batch.seeds } else { nil } }
        #expect(seeds == [[2]])
        let after = try StoreRow.all(store)
        #expect(after.count == 12)
        #expect(before.allSatisfy(after.contains))
    }

    /// At every round, and so between seeds too.
    @Test func aSweepThatWasStoppedGoesOnToTheSameStore() throws {
        let folder = try SweepPlace()
        let runs = try folder.sweep(Self.sweep)
        let whole = try folder.store("whole.db")
        _ = try folder.run(runs, in: whole)
        let rows = try StoreRow.all(whole)
        for rounds in 1...8 {
            let store = try folder.store("\(rounds).db")
            let options = SweepPlace.options(stoppingAfter: rounds)
            let (outcome, _) = try folder.run(runs, in: store, options)
            if outcome.left > 0 {
                #expect(throws: ConductorError.unfinished(outcome.left, store: store.path)) {
                    try folder.run(runs, in: store)
                }
            }
            let (second, _) = try folder.run(runs, in: store, unfinished: .goOn)
            #expect(second.left == 0)
            #expect(second.present + second.done == 8)
            #expect(try StoreRow.all(store) == rows)
            #expect(try store.batches().isEmpty)
        }
    }

    @Test func whatWasKeptCanBeDropped() throws {
        let folder = try SweepPlace()
        let (runs, store) = (try folder.sweep(Self.sweep), try folder.store())
        _ = try folder.run(runs, in: store, SweepPlace.options(stoppingAfter: 2))
        #expect(try store.batches().count == 1)
        let (outcome, events) = try folder.run(runs, in: store, unfinished: .beginAnew)
        #expect(outcome.done == 8)
        #expect(events.contains { if case .batch(let batch) = $0 { batch.kept == 0 } else { false } })
    }

    @Test func aWrongHypothesisInTheMiddleStopsNoOther() throws {
        let folder = try SweepPlace()
        try "model: nowhere/\n".write(toFile: "\(folder.path)/b.yaml", atomically: true, encoding: .utf8)
        let runs = try folder.sweep("hypotheses: [1b.yaml, b.yaml, 1a.yaml]\nsamples: 200\n")
        let store = try folder.store()
        let (outcome, events) = try folder.run(runs, in: store)
        #expect((outcome.asked, outcome.done, outcome.failedByInput) == (3, 2, 1))
        let failed = events.compactMap { if case .failed(let run, let text, _) = $0 { (run, text) } else { nil } }
        #expect(failed.map(\.0.hypothesis) == ["\(folder.path)/b.yaml"])
        let states = try store.stored(nil).map(\.state)
        #expect(states[0] == .done && states[2] == .done)
        guard case .failed(let message, true) = states[1] else {
            Issue.record("\(states)")
            return
        }
        #expect(message == failed[0].1)
        // Mended, it takes the place of what failed.
        let text = try String(contentsOfFile: "\(folder.path)/1a.yaml", encoding: .utf8)
        try "# mended\n\(text)".write(toFile: "\(folder.path)/b.yaml", atomically: true, encoding: .utf8)
        let (second, _) = try folder.run(
            try folder.sweep("hypotheses: [1b.yaml, b.yaml, 1a.yaml]\nsamples: 200\n"), in: store)
        #expect((second.present, second.done, second.failedByInput) == (2, 1, 0))
        #expect(try store.stored(nil).map(\.state) == [.done, .done, .done])
    }

    @Test func aLostDeviceFailsWhatItRanAndKeepsWhatItDid() throws {
        let folder = try SweepPlace()
        let runs = try folder.sweep(Self.sweep)
        let whole = try folder.store("whole.db")
        _ = try folder.run(runs, in: whole)
        let backend = FailingBackend(after: 5)
        var options = SweepPlace.options
        options.engine = backend.engine
        let store = try folder.store()
        let (outcome, _) = try folder.run(runs, in: store, options)
        // Four rounds a seed: the first seed is done, of the second a round is kept.
        #expect((outcome.done, outcome.failedByDevice) == (4, 4))
        #expect(try store.stored(nil).filter { $0.state == .done }.count == 4)
        backend.mend()
        let (second, events) = try folder.run(runs, in: store, options, unfinished: .goOn)
        #expect((second.present, second.done, second.failedByDevice) == (4, 4, 0))
        #expect(events.contains { if case .batch(let batch) = $0 { batch.kept == 64 } else { false } })
        #expect(try StoreRow.all(store) == StoreRow.all(whole))
    }

    @Test func progressOfAnotherDeviceIsNotGoneOnWith() throws {
        let folder = try SweepPlace()
        let (runs, store) = (try folder.sweep(Self.sweep), try folder.store())
        let backend = FailingBackend(after: 1)
        var options = SweepPlace.options
        options.engine = backend.engine
        _ = try folder.run(runs, in: store, options)
        let (number, batch) = try #require(try store.batches().first)
        try store.end(number)
        var other = try #require(batch)
        other.engine = "another"
        _ = try store.begin(other)
        let (outcome, events) = try folder.run(runs, in: store, unfinished: .goOn)
        #expect(outcome.done == 8)
        #expect(events.contains { if case .dropped = $0 { true } else { false } })
    }

    @Test func damagedProgressBeginsAnew() throws {
        let folder = try SweepPlace()
        let (runs, store) = (try folder.sweep(Self.sweep), try folder.store())
        let backend = FailingBackend(after: 2)
        var options = SweepPlace.options
        options.engine = backend.engine
        _ = try folder.run(runs, in: store, options)
        let (number, _) = try #require(try store.batches().first)
        // A round that does not follow those that are kept.
        try store.keep(Chunk(batch: number, seed: 0, start: 1000, count: 1, bytes: [1]))
        backend.mend()
        let (outcome, events) = try folder.run(runs, in: store, options, unfinished: .goOn)
        #expect(outcome.done == 8)
        #expect(events.contains { if case .dropped = $0 { true } else { false } })
        #expect(try store.batches().isEmpty)
    }

    /// A batch goes on for those of its runs that are not done, whoever did the others.
    @Test func whatIsDoneOfABatchIsNotCountedAgain() throws {
        let folder = try SweepPlace()
        let runs = try folder.sweep(Self.sweep)
        let whole = try folder.store("whole.db")
        _ = try folder.run(runs, in: whole)
        let part = try folder.store("part.db")
        _ = try folder.run(runs.filter { $0.statement.hypothesis.hasSuffix("1a.yaml") }, in: part)
        let backend = FailingBackend(after: 1)
        var options = SweepPlace.options
        options.engine = backend.engine
        let store = try folder.store()
        _ = try folder.run(runs, in: store, options)
        _ = try store.merge(part)
        backend.mend()
        let (outcome, events) = try folder.run(runs, in: store, options, unfinished: .goOn)
        #expect((outcome.asked, outcome.present, outcome.done, outcome.left) == (8, 4, 4, 0))
        let finished = events.compactMap { if case .finished(let run, _, _) = $0 { run.hypothesis } else { nil } }
        #expect(finished.count == 4 && finished.allSatisfy { $0.hasSuffix("1b.yaml") })
        #expect(try StoreRow.all(store) == StoreRow.all(whole))
    }

    /// Each of them, though nothing but names tells them apart.
    @Test func runsThatCannotBeReadAreToldOneByOne() throws {
        let folder = try SweepPlace()
        for name in ["m1", "m2"] {
            try FileManager.default.createDirectory(atPath: "\(folder.path)/\(name)", withIntermediateDirectories: true)
        }
        let store = try folder.store()
        let (outcome, _) = try folder.run(
            try folder.sweep("hypotheses: [1a.yaml]\nmodels: [m1, m2]\nsamples: 10\n"), in: store)
        #expect((outcome.asked, outcome.failedByInput, outcome.left) == (2, 2, 0))
        #expect(try store.runs().count == 2)
    }

    @Test func shardsAreDisjointAndMergeToTheWhole() throws {
        let folder = try SweepPlace()
        let runs = try folder.sweep(Self.sweep)
        let whole = try folder.store("whole.db")
        _ = try folder.run(runs, in: whole)
        let merged = try folder.store("merged.db")
        for number in 1...3 {
            let shard = try Shard("\(number)/3")
            let part = Array(runs[shard.range(of: runs.count)])
            let store = try folder.store("\(number).db")
            let (outcome, _) = try folder.run(part, in: store)
            #expect(outcome.done == part.count)
            _ = try merged.merge(store)
        }
        #expect(try StoreRow.all(merged) == StoreRow.all(whole))
    }

    @Test(arguments: [1, 2, 3, 7, 8, 9, 100]) func everyRunIsOfOneShard(count: Int) throws {
        for runs in [0, 1, 7, 8, 165] {
            let ranges = try (1...count).map { try Shard("\($0)/\(count)").range(of: runs) }
            #expect(ranges.flatMap(Array.init) == Array(0..<runs))
            #expect((ranges.map(\.count).max() ?? 0) - (ranges.map(\.count).min() ?? 0) <= 1)
        }
    }

    @Test(arguments: ["", "1", "0/2", "3/2", "1/0", "1/2/3", "a/b", "-1/2", "1/-2"])
    func whatIsNoShard(text: String) { #expect(throws: ShardError.self) { try Shard(text) } }
}
