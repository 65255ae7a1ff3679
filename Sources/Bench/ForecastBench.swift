import ArgumentParser
import Scrubjay

/// How far the expected time of a plan lies from the time that it takes.
struct ForecastBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract:
            "Seconds that the plans of hypotheses are expected to take by a profile measured now, and that they take.")

    @Argument(help: "Hypothesis files.")
    var hypotheses: [String]

    @Option(help: "Replicates.")
    var samples = 40_000

    @Option(help: "auto, cpu, opencl or opencl:<number>.")
    var backend = "cpu"

    @Option(help: "Threads of the cpu backend; one each core unless stated.")
    var threads: Int?

    @Flag(inversion: .prefixedNo, help: "As of scrubjay run.")
    var optimise = true

    @OptionGroup var repeats: RepeatOptions

    mutating func run() throws {
        let options = RunOptions(
            samples: samples, backend: try BackendChoice(backend), threads: threads, optimises: optimise)
        guard let engine = try Engine.candidates(options).first else { return }
        let profile = try engine.measureProfile()
        for path in hypotheses {
            let experiment = try Experiment(contentsOf: path)
            guard
                let expected = try Experiment.forecast([experiment], options, profile: { _ in profile }).first?.forecast
                    .time
            else { continue }
            var measured: [(dataset: Double, replicates: Double)] = []
            for _ in 0..<repeats.times {
                let timed = TimedBackend(engine.backend)
                _ = try experiment.run(options, on: [Engine(backend: timed, limits: engine.limits)])
                measured.append(timed.seconds)
            }
            let (dataset, replicates) = (measured.map(\.dataset).median, measured.map(\.replicates).median)
            func report(_ part: String, _ expected: Double, _ measured: Double) {
                Measurement(name: "forecast/\(path)/\(part)/expected", value: expected, unit: "s").report()
                Measurement(name: "forecast/\(path)/\(part)/measured", value: measured, unit: "s").report()
            }
            report("dataset", expected.datasetSeconds, dataset)
            report("replicates", expected.replicateSeconds, replicates)
            Measurement(
                name: "forecast/\(path)/expected of measured", value: expected.seconds / (dataset + replicates),
                unit: ""
            ).report()
        }
    }
}
