import ScrubExperiment
import ScrubOpenCL
import ScrubStatistics
import Testing

/// What a precision does to figures, measured beside them.
@Suite(.serialized) struct PrecisionErrorTests {
    private static let claims = "interpretation: {inputs: {a0.h0: {same: first}, m1: {same: y}}}"

    @Test("bfloat16 is further from exact than tf32, and neither far", .needsDevice)
    func errors() throws {
        try SmallTransformer.with { small in
            let experiment = try small.experiment(Self.claims)
            var options = RunOptions(samples: 2000, backend: .opencl(0))
            let errors = try [Precision.tf32, .bf16].map { precision in
                options.precision = precision
                return try #require(Experiment.precisionErrors(of: [experiment], options).first)
            }
            #expect(errors.map(\.precision) == ["tf32", "bf16"])
            for error in errors { #expect(error.samples == Experiment.precisionSamples) }
            let model = errors.compactMap { $0.figures.first?.model }
            try #require(model.count == 2)
            #expect(0 < model[0] && model[0] < model[1] && model[1] < 0.05, "\(model)")
        }
    }

    @Test("a run has the precision that was asked for", .needsDevice)
    func asked() throws {
        try SmallTransformer.with { small in
            let experiment = try small.experiment(Self.claims)
            var options = RunOptions(samples: 300, backend: .opencl(0))
            let exact = try experiment.run(options).report
            options.precision = .bf16
            let rounded = try experiment.run(options).report
            let error = try #require(Experiment.precisionErrors(of: [experiment], options).first?.figures.first)
            let apart = abs(rounded.figures[0].scrubbed.mean - exact.figures[0].scrubbed.mean)
            #expect(apart > 0 && abs(apart - error.scrubbed) <= 1e-9 * apart)
            #expect(rounded.provenance.flags["precision"] == "bf16")
            #expect(exact.provenance.flags["precision"] == nil)
        }
    }

    @Test("half precision in memory costs figures little, alone or with another", .needsDevice)
    func stored() throws {
        try SmallTransformer.with { small in
            let experiment = try small.experiment(Self.claims)
            var options = RunOptions(samples: 300, backend: .opencl(0))
            let exact = try experiment.run(options).report
            #expect(try Experiment.precisionErrors(of: [experiment], options).isEmpty)
            options.storage = .f16
            let rounded = try experiment.run(options).report
            let error = try #require(Experiment.precisionErrors(of: [experiment], options).first)
            #expect(error.precision == "f16 storage")
            let apart = abs(rounded.figures[0].scrubbed.mean - exact.figures[0].scrubbed.mean)
            #expect(0 < apart && apart < 0.01 && abs(apart - error.figures[0].scrubbed) <= 1e-9 * apart)
            #expect(rounded.provenance.flags["storage"] == "f16" && exact.provenance.flags["storage"] == nil)
            #expect(rounded.plan.peakBytes < exact.plan.peakBytes)
            options.precision = .bf16
            let both = try #require(Experiment.precisionErrors(of: [experiment], options).first)
            #expect(both.precision == "bf16 with f16 storage")
        }
    }

    @Test("the CPU has float32 alone") func cpu() throws {
        var options = RunOptions(backend: .cpu)
        options.storage = .f16
        #expect(throws: ExperimentError.precision("storage f16", note: nil)) { _ = try Engine.candidates(options) }
        options.precision = .tf32
        #expect(throws: ExperimentError.precision("precision tf32 with storage f16", note: nil)) {
            _ = try Engine.candidates(options)
        }
    }
}
