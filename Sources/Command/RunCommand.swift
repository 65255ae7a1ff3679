import ArgumentParser
import Foundation
import Scrubjay

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Scrub a model under one or more hypotheses and print how much of the behaviour survives.")

    @Argument(help: "Hypothesis files.")
    var hypotheses: [String]

    @OptionGroup var flags: RunFlags

    @Option(help: "Write the figures as JSON: an object, or a list of them for several hypotheses.")
    var json: String?

    @Option(help: "Write the rows drawn, and the scrubbed behaviour, per replicate, as .npz.")
    var exportSamples: String?

    @Option(help: "Run the rows in this .npz instead of drawing them.")
    var replay: String?

    @Option(help: "Run the plan in this file instead of planning (see explain --plan).")
    var plan: String?

    @Option(
        help:
            "A threshold such as 'recovered >= 0.85', met by the interval's worse end; exit status 1 where it is missed."
    )
    var require: [String] = []

    @Option(
        help:
            "Run once for each of these policies for the inputs of claims that state none, such as random,each,together,exact."
    )
    var others: String?

    @Flag(help: "Print nothing but errors.")
    var quiet = false

    mutating func run() throws {
        var options = try flags.options()
        options.replay = replay
        options.plan = plan
        let thresholds = try require.map(Threshold.init)
        if options.isExact && replay != nil {
            throw UsageError("--exact takes no --replay: it runs every draw there is")
        }
        let policies = try others.map(OthersFlag.policies)
        let runs = hypotheses.count * (policies?.count ?? 1)
        if runs > 1,
            let flag = [("--export-samples", exportSamples), ("--replay", replay), ("--plan", plan)].first(where: {
                $0.1 != nil
            })
        {
            throw UsageError(
                policies == nil
                    ? "\(flag.0) takes one hypothesis, found \(hypotheses.count)"
                    : "\(flag.0) takes one run, found \(runs)")
        }

        for path in [json, exportSamples].compactMap(\.self) { try requireFolder(of: path) }

        var reports: [Report] = []
        for hypothesis in hypotheses {
            for statement in try OthersFlag.variants(of: HypothesisFile.read(hypothesis), policies) {
                let experiment = try Experiment(statement)
                let line = quiet ? nil : ProgressLine()
                let started = Date()
                var run: Run
                do {
                    defer { line?.finish() }
                    run = try experiment.run(options) { line?.report($0) }
                }
                if policies != nil { run.report.others = statement.others.description }
                reports.append(run.report)
                if let exportSamples { try Replay.write(run, to: exportSamples) }
                if !quiet { print(RunText(run.report, seconds: Date().timeIntervalSince(started)).text) }
            }
        }
        if reports.count > 1 && !quiet { print(RunText.summary(reports)) }
        if let json { try write(reports, to: json) }

        let missed = reports.flatMap { report in thresholds.filter { !$0.isMet(by: report) }.map { (report, $0) } }
        for (report, threshold) in missed { Console.error("\(report.hypothesis): \(threshold.text) is not met") }
        if !missed.isEmpty { throw ExitCode(1) }
    }

    private func write(_ reports: [Report], to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
        let data = reports.count == 1 ? try encoder.encode(reports[0]) : try encoder.encode(reports)
        try writeAtomically(Array(data) + [UInt8(ascii: "\n")], to: path)
    }
}
