import ArgumentParser
import Foundation
import Scrubjay

struct CoverageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coverage",
        abstract: "Check that intervals are honest: how often those of many small runs hold the true value.")

    @Argument(help: "Hypothesis files.", completion: .hypotheses)
    var hypotheses: [String]

    @OptionGroup var flags: RunFlags

    @Option(parsing: .unconditional, help: "How many runs, of --samples replicates each.")
    var runs = 2000

    @Option(
        parsing: .unconditional,
        help: "Take the true value from this many samples of another seed, where there are too many draws to enumerate."
    )
    var truthSamples: Int?

    @Option(
        help: "Write the coverage as JSON, a list with an entry for each hypothesis.",
        completion: .file(extensions: ["json"]))
    var json: String?

    mutating func run() throws {
        let options = try flags.options()
        if options.isExact { throw UsageError("coverage takes no --exact: it runs both ways") }
        guard runs > 0 else { throw UsageError("--runs is \(runs), expected 1 or more") }
        if let truthSamples, !(1...ExperimentError.mostSamples).contains(truthSamples) {
            throw UsageError("--truth-samples is \(truthSamples), expected 1 to \(ExperimentError.mostSamples)")
        }
        let written = try WrittenFiles([("--json", json)])
        try written.check(reading: hypotheses)
        var rows = [["hypothesis", "figure", "truth", "covered", "too high", "too low", "untrusted"]]
        var coverages: [Coverage] = []
        for hypothesis in hypotheses {
            let line = ProgressLine()
            defer { line.finish() }
            let experiment = try Experiment(contentsOf: hypothesis)
            try written.check(reading: experiment.model.files)
            let coverage = try experiment.coverage(
                runs: runs, options, truthSamples: truthSamples
            ) { line.report($0) }
            coverages.append(coverage)
            rows += coverage.figures.map { figure in
                [
                    hypothesis, figure.figure, number(figure.truth),
                    "\(percent(figure.covered)) ± \(percent(figure.standardError))", percent(figure.tooHigh),
                    percent(figure.tooLow), percent(figure.untrusted),
                ]
            }
        }
        print("\(runs.grouped) runs of \(options.samples.grouped) samples each, seed \(options.seed)\n")
        print(table(rows))
        if let json {
            try writeAtomically(Array(try JSONEncoder.ofFigures.encode(coverages)) + [UInt8(ascii: "\n")], to: json)
        }
    }
}
