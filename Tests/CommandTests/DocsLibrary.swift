import Scrubjay

/// The lines that README.md shows for use from Swift: a test compares them, the compiler reads them.
func docsLibrary() throws {
    let experiment = try Experiment(contentsOf: "Benchmarks/brackets/1a.yaml")
    let run = try experiment.run(RunOptions(samples: 4000, seed: 0, backend: .cpu))
    for figure in run.report.figures {
        print(figure.metric, figure.scrubbed.mean, figure.recovered?.interval ?? [])
    }
}
