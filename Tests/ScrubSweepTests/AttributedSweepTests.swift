import ScrubExperiment
import ScrubStore
import ScrubSweep
import Testing

/// Sweeps that tell what each claim contributes.
@Suite struct AttributedSweepTests {
    private static let sweep = "hypotheses: [1a.yaml]\nsamples: 200\nseeds: 0..1\nattribution: true\n"

    /// Each run is kept when it is attributed, and is what it is by itself.
    @Test func runsAreKeptOneByOne() throws {
        let folder = try SweepPlace()
        let (runs, store) = (try folder.sweep(Self.sweep), try folder.store())
        let (outcome, events) = try folder.run(runs, in: store)
        #expect(outcome.done == 2)
        let batches = events.compactMap { if case .batch(let batch) = $0 { batch.seeds } else { nil } }
        #expect(batches.map(\.count) == [1, 1])
        for (run, asked) in zip(try store.stored(nil), runs) {
            var reader = ExperimentReader()
            let experiment = try reader.experiment(asked.hypothesis.get())
            let options = RunOptions(samples: 200, seed: asked.statement.seed, backend: .cpu, threads: 1)
            #expect(try run.report?.attribution == experiment.attribution(of: experiment.run(options), options))
        }
    }

    /// At every round, those of the attribution among them.
    @Test func oneThatWasStoppedGoesOn() throws {
        let folder = try SweepPlace()
        let runs = try folder.sweep(Self.sweep)
        let whole = try folder.store("whole.db")
        _ = try folder.run(runs, in: whole)
        let rows = try StoreRow.all(whole)
        for rounds in [2, 7, 13] {
            let store = try folder.store("\(rounds).db")
            let options = SweepPlace.options(stoppingAfter: rounds)
            let (first, events) = try folder.run(runs, in: store, options)
            #expect(first.left > 0)
            let told = events.count { if case .finished = $0 { true } else { false } }
            #expect(try store.runs().count { $0.state == .done } == told)
            let (second, _) = try folder.run(runs, in: store, unfinished: .goOn)
            #expect((second.left, second.present) == (0, told))
            #expect(try StoreRow.all(store) == rows)
        }
    }

    /// It runs where the run ran, not where the options' words would.
    @Test func itRunsOnTheSweepsEngine() throws {
        let folder = try SweepPlace()
        // Four rounds for the run.
        let backend = FailingBackend(after: 5)
        var options = SweepPlace.options
        options.engine = backend.engine
        let runs = try folder.sweep("hypotheses: [1a.yaml]\nsamples: 200\nattribution: true\n")
        let (outcome, _) = try folder.run(runs, in: folder.store(), options)
        #expect((outcome.done, outcome.failedByDevice) == (0, 1))
    }
}
