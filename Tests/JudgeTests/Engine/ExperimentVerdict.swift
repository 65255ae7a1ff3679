import ScrubCore
import ScrubExperiment
import ScrubPlan
import ScrubStatistics

extension JudgeCase {
    /// Runs the case as the program does, by its files, and compares what the report says with the judge.
    func firstDifferenceOfRun(in folder: String) throws -> String? {
        try write(to: folder)
        let experiment = try Experiment(contentsOf: folder + "/hypothesis.yaml")
        let options = RunOptions(
            samples: replicates, seed: seed, backend: .cpu, threads: 2, keepsOutputs: true, ablation: ablation)
        let run = try experiment.run(options)
        let keys = run.plan.tables.map(\.key)
        let judgement = try Judgement(self) { replicate in
            Dictionary(uniqueKeysWithValues: zip(keys, run.tables.map { Int($0[replicate]) }))
        }
        // An estimate reads a column, one more input that a claim with inputs may leave to its others.
        let isSame = rewrites.isEmpty ? Set(keys) == judgement.draws : judgement.draws.isSubset(of: keys)
        if !isSame { return "tables \(keys.sorted()), draws \(judgement.draws.sorted())" }

        let figure = run.report.figures[0]
        let found = [
            ("scrubbed", run.scrubbed.map(Double.init), judgement.roots["scrubbed"]),
            ("outputs", run.outputs?.floats?.map(Double.init) ?? [], judgement.roots["outputs"]),
            ("model's mean", [figure.model.mean], judgement.figures["model"].map { [$0] }),
            ("scrubbed mean", [figure.scrubbed.mean], judgement.figures["scrubbed"].map { [$0] }),
            ("baseline's mean", [figure.baseline.mean], judgement.figures["baseline"].map { [$0] }),
        ]
        for (name, values, expected) in found {
            if let difference = Judgement.difference(values, expected ?? []) { return "\(name)\(difference)" }
        }
        return nil
    }
}
