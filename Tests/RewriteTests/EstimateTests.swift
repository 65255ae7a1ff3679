import ScrubCore
import ScrubExperiment
import ScrubOps
import ScrubPlan
import Testing

@Suite struct EstimateTests {
    /// With phi from another datum, `x` becomes `x - phi + phi of the other`; were the residual to read phi itself,
    /// nothing would change.
    @Test("a claim on the estimate leaves the residual alone", arguments: [false, true])
    func exchange(optimises: Bool) throws {
        let sections = """
            rewrites:
              - {estimate: a0.h0, column: scale, along: {file: tensors.safetensors, tensor: direction}}
            defaults: {others: exact}
            interpretation:
              inputs:
                a0.h0: {inputs: {phi: {same: any}}}

            """
        let model = try PlainOutputs(.plain)
        try Fixture.plain.with(sections) { experiment in
            let run = try experiment.run(
                RunOptions(samples: 60, seed: 1, backend: .cpu, optimises: optimises, keepsOutputs: true))
            let scale = try #require(experiment.model.columns[.column("rewrite/scale")]?.floats)
            let direction = try #require(try experiment.model.weight("rewrite/a0.h0.phi", nil).floats)
            let unembedding = try #require(try experiment.model.weight("unembed.W_U", nil).floats)
            // There are no norms, so the output is linear in what the head adds to it directly.
            let logits = (0..<3).map { logit in
                direction.indices.reduce(0) { $0 + direction[$1] * unembedding[$1 * 3 + logit] }
            }
            let outputs = try #require(run.outputs?.floats)
            let table = try #require(run.plan.tables.firstIndex { $0.key == "a0.h0/phi" })
            for (sample, row) in run.tables[0].enumerated() {
                let change = scale[Int(run.tables[table][sample])] - scale[Int(row)]
                let expected = zip(model[Int(row)], logits).map { $0 + change * $1 }
                expectClose(Array(outputs[sample * 3..<sample * 3 + 3]), expected)
            }
        }
    }
}
