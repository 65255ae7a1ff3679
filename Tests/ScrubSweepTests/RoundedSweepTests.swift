import ScrubExperiment
import ScrubOpenCL
import ScrubStore
import ScrubSweep
import Testing

private let hasDevice = (try? OpenCLDevice.all().isEmpty == false) ?? false

/// Sweeps that round, and that leave distances out.
@Suite(.serialized) struct RoundedSweepTests {
    private static let sweep = "hypotheses: ['1?.yaml']\nsamples: 200\nseeds: 0..1\n"

    private static let options = ConductorOptions(backend: .opencl(0), memoryLimit: 1 << 30, checkpoint: 64)

    /// Each run is kept with what rounding does to it, which is what the run by itself says.
    @Test(.enabled(if: hasDevice, "no OpenCL device")) func errorsAreKept() throws {
        let folder = try SweepPlace()
        let runs = try folder.sweep(Self.sweep + "precision: bf16\nstorage: f16\ndistance: false\n")
        let store = try folder.store()
        let (outcome, _) = try folder.run(runs, in: store, Self.options)
        #expect(outcome.done == 4)
        for (run, asked) in zip(try store.stored(nil), runs) {
            var reader = ExperimentReader()
            let experiment = try reader.experiment(asked.hypothesis.get())
            var options = RunOptions(samples: 200, seed: asked.statement.seed, backend: .opencl(0))
            (options.precision, options.storage, options.measuresDistance) = (.bf16, .f16, false)
            let report = try #require(run.report)
            let error = try #require(report.precision)
            let alone = try #require(Experiment.precisionErrors(of: [experiment], options).first)
            #expect(error.precision == "bf16 with f16 storage" && error.samples == 200)
            #expect(error.figures[0].scrubbed > 0)
            for (found, wanted) in zip(error.figures, alone.figures) {
                #expect(abs(found.scrubbed - wanted.scrubbed) < 1e-6)
            }
            #expect(report.outputs.l2 == nil && report.provenance.flags["storage"] == "f16")
            #expect(run.command.contains("--no-distance --precision bf16 --storage f16 --backend opencl"))
        }
        // Another precision is another run.
        #expect(try folder.run(try folder.sweep(Self.sweep), in: store, Self.options).outcome.done == 4)
        let reports = try store.stored(nil).compactMap(\.report)
        #expect(reports.count == 8 && reports.count { $0.precision == nil } == 4)
    }

    @Test func theCPURefuses() throws {
        let folder = try SweepPlace()
        let rounded = try folder.sweep(Self.sweep + "precision: tf32\n")
        #expect(throws: ExperimentError.precision("precision tf32", note: nil)) {
            _ = try folder.run(rounded, in: try folder.store())
        }
        // Nor are there two precisions in one sweep.
        #expect(throws: ConductorError.roundings) {
            _ = try folder.run(rounded + folder.sweep(Self.sweep), in: try folder.store())
        }
    }
}
