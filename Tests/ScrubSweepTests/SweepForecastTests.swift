import ScrubCore
import ScrubExperiment
import ScrubStore
import ScrubSweep
import Testing

/// What is known of a sweep before it runs.
@Suite struct SweepForecastTests {
    /// Memory is that of one seed at a time, work that of all.
    @Test func manySeeds() throws {
        let folder = try SweepPlace()
        let forecasts = try ["0", "0..9"].map { seeds in
            let runs = try folder.sweep("hypotheses: [1a.yaml, 1b.yaml]\nseeds: \(seeds)\nsamples: 40000\n")
            let forecast = try SweepForecast(runs, SweepPlace.options)
            #expect(forecast.batches.count == 1)
            return forecast.batches[0].forecast
        }
        #expect(forecasts[0].plan.peakBytes == forecasts[1].plan.peakBytes)
        #expect(forecasts[1].plan.forwardEquivalents > forecasts[0].plan.forwardEquivalents)
        #expect(forecasts[1].plan.forwardEquivalents < 10 * forecasts[0].plan.forwardEquivalents)
    }

    @Test func thePeakIsThatOfTheRun() throws {
        let folder = try SweepPlace()
        let runs = try folder.sweep("hypotheses: [1a.yaml, 1b.yaml]\nseeds: 0..2\nsamples: 200\n")
        let forecast = try SweepForecast(runs, SweepPlace.options)
        let (_, events) = try folder.run(runs, in: folder.store())
        let peaks = events.compactMap { if case .batch(let batch) = $0 { batch.peakBytes } else { nil } }
        #expect(peaks == forecast.batches.map(\.forecast.plan.peakBytes))
    }

    @Test func whatTheStoreHasCostsNothing() throws {
        let folder = try SweepPlace()
        let store = try folder.store()
        _ = try folder.run(try folder.sweep("hypotheses: [1a.yaml]\nsamples: 100\n"), in: store)
        let runs = try folder.sweep("hypotheses: [1a.yaml, 1b.yaml]\nsamples: 100\n")
        let forecast = try SweepForecast(runs, SweepPlace.options, in: store)
        #expect(forecast.runs.map(\.isDone) == [true, false])
        #expect(forecast.batches.map(\.hypotheses) == [1])
    }

    /// What figures are told apart by is looked up before anything runs, and told with its place.
    @Test func aGroupingThatIsNone() throws {
        let folder = try SweepPlace()
        let runs = try folder.sweep("hypotheses: [1a.yaml]\nsamples: 100\nby:\n  - balanced\n  - lable\n")
        let error = #expect(throws: SweepError.self) { try SweepForecast(runs, SweepPlace.options) }
        #expect(error?.description.hasPrefix("\(folder.path)/sweep.yaml:5:5: \"by\" has \"lable\": ") ?? false)
        let store = try folder.store()
        #expect(throws: SweepError.self) { try folder.run(runs, in: store) }
        #expect(try store.runs().isEmpty)
    }
}
