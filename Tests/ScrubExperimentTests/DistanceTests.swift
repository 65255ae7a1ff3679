import ScrubExperiment
import ScrubOps
import ScrubPlan
import Testing

/// A run that does not measure how far whole outputs lie apart.
@Suite struct DistanceTests {
    private static func run(_ experiment: Experiment, measuresDistance: Bool, isExact: Bool = false) throws -> Run {
        var options = RunOptions(samples: 50, seed: 3, backend: .cpu, threads: 1, isExact: isExact)
        options.measuresDistance = measuresDistance
        return try experiment.run(options)
    }

    /// The same figures to the last bit, of two logits in place of seventy.
    @Test(arguments: [false, true]) func aLogitDifferenceTakesTwoLogits(isExact: Bool) throws {
        try SmallTransformer.with(outputs: 70) { small in
            try small.write(
                "h.yaml",
                """
                model: model
                data: rows.jsonl
                behaviour: {measure: logit_difference, at: last, label: y, against: first}
                interpretation: {inputs: {a1.h0: {same: first}}}
                """)
            let experiment = try Experiment(contentsOf: small.path("h.yaml"))
            let whole = try Self.run(experiment, measuresDistance: true, isExact: isExact)
            let alone = try Self.run(experiment, measuresDistance: false, isExact: isExact)
            #expect(alone.scrubbed == whole.scrubbed)
            #expect(alone.report.figures == whole.report.figures)
            #expect(whole.report.outputs.l2 != nil && whole.report.outputs.kl != nil)
            #expect(alone.report.outputs.l2 == nil && alone.report.outputs.kl == nil)
            #expect(alone.report.provenance.flags["distance"] == "false")
            func logits(_ run: Run) -> Int { run.plan.steps.count { $0.op.name == "labelLogit" } }
            #expect(logits(whole) == 0 && logits(alone) == 2)
            #expect(alone.report.plan.forwardEquivalents < whole.report.plan.forwardEquivalents)
        }
    }
}
