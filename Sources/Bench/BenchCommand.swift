import ArgumentParser

/// Measures the parts of the program on which its speed hangs; one JSON line a figure.
@main
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scrubjay-bench",
        abstract: "Measure the parts of Scrubjay. Prints a line of JSON for each figure: name, value, unit.",
        subcommands: [
            DrawsBench.self, IndexBench.self, TreeifyBench.self, ProductBench.self, AttentionBench.self,
            DeviceBench.self, ForecastBench.self, KernelList.self,
        ])
}
