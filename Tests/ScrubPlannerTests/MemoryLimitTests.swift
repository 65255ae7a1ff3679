import ScrubCore
import ScrubExperiment
import ScrubPlan
import ScrubPlanner
import Testing

/// The bytes that a report states before the run are those that the engine then had and the figures take, and no more
/// than the limit.
@Suite struct MemoryLimitTests {
    private static let interpretation = "{inputs: {m0: {inputs: {a0.h0: {same: first}}}, a0.h0: {same: y}}}"
    private static let samples = 3000
    /// Of each replicate: its reference, both distances, three numbers of both behaviours, five rows drawn.
    private static let figures = 4 * (3 + 3 * 2 + 5) * samples

    private func run(_ experiment: Experiment, limit: Int, threads: Int) throws -> Run {
        try experiment.run(
            RunOptions(samples: Self.samples, backend: .cpu, memoryLimit: limit, threads: threads))
    }

    @Test(arguments: [1, 2, 3]) func whatIsStatedIsWhatWasHeld(threads: Int) throws {
        try TinyExperiment.with(Self.interpretation) { experiment in
            let free = try run(experiment, limit: 1 << 30, threads: threads)
            let whole = free.report.plan.peakBytes
            #expect(whole == Self.figures + free.record.peakBytes)
            var refused = 0
            for limit in stride(from: whole, to: Self.figures, by: -(whole - Self.figures) / 40) {
                do {
                    let run = try run(experiment, limit: limit, threads: threads)
                    #expect(run.report.plan.peakBytes <= limit)
                    #expect(run.report.plan.peakBytes == Self.figures + run.record.peakBytes)
                    #expect(run.report.figures == free.report.figures)
                } catch let PlannerError.memory(stated, least) {
                    #expect(stated == limit)
                    #expect(least > limit)
                    #expect(try run(experiment, limit: least, threads: threads).report.plan.peakBytes <= least)
                    refused += 1
                }
            }
            #expect(refused > 0)
        }
    }

    /// A forecast is of the plan that is run, and of its bytes.
    @Test func aForecastIsOfTheRun() throws {
        try TinyExperiment.with(Self.interpretation) { experiment in
            let options = RunOptions(samples: Self.samples, backend: .cpu, memoryLimit: 400_000, threads: 2)
            let run = try experiment.run(options)
            let (forecast, stages) = try #require(
                try Experiment.forecast([experiment], options, listsPasses: true).first)
            #expect(forecast.plan == run.report.plan)
            #expect(stages.last?.plan == run.plan)
            #expect(forecast.backend == run.report.backend)
            #expect(forecast.time == nil)
            #expect(forecast.passes?.map(\.pass) == stages.dropFirst().map(\.name))
        }
    }
}
