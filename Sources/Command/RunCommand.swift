import ArgumentParser
import Foundation
import Scrubjay

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Scrub a model under one or more hypotheses and print how much of the behaviour survives.")

    @Argument(help: "Hypothesis files.", completion: .hypotheses)
    var hypotheses: [String]

    @OptionGroup var hypothesisFlags: HypothesisFlags

    @OptionGroup var flags: RunFlags

    @Option(
        help: "Write the figures as JSON: an object, or a list of them for several hypotheses.",
        completion: .file(extensions: ["json"]))
    var json: String?

    @Option(
        help: "Write every figure as comma-separated values, a line a figure.", completion: .file(extensions: ["csv"]))
    var csv: String?

    @Option(
        help: "Write the rows drawn, and the scrubbed behaviour, per replicate, as .npz.",
        completion: .file(extensions: ["npz"]))
    var exportSamples: String?

    @Flag(
        help:
            "With --export-samples, write also the outputs that the behaviour reads, scrubbed, per replicate; at most 1 GiB."
    )
    var outputs = false

    @Option(help: "Run the rows in this .npz instead of drawing them.", completion: .file(extensions: ["npz"]))
    var replay: String?

    @Option(
        help: "Run the plan in this file instead of planning (see explain --plan).",
        completion: .file(extensions: ["json"]))
    var plan: String?

    @Option(
        help:
            "A threshold such as 'recovered >= 0.85', met by the interval's worse end; exit status 1 where it is missed."
    )
    var require: [String] = []

    @Option(
        help:
            "Run once for each of these policies for the inputs of claims that state none, such as random,each,together,exact.",
        completion: .policies
    )
    var others: String?

    @Option(
        help:
            "Give every figure also for each group of reference data: columns or SQL expressions, separated by commas. May be given several times."
    )
    var by: [String] = []

    @Option(
        help:
            "Draw more samples until the 95% interval of the share recovered is this wide at most, such as 0.01 for a percentage point."
    )
    var untilWidth: Double?

    @OptionGroup var rounding: RoundingFlags

    @Flag(help: "Make each claim in turn exact, and in turn unconditional, and give the differences.")
    var attribution = false

    @Flag(inversion: .prefixedNo, help: "Tune a GPU that no tuning is known of, at its first run.")
    var tune = true

    @Flag(help: "Print nothing but errors.")
    var quiet = false

    mutating func run() throws {
        var options = try flags.options()
        options.replay = replay
        options.plan = plan
        (options.precision, options.storage) = (rounding.precision, rounding.storage)
        (options.groupings, options.width, options.keepsOutputs) = (by, untilWidth, outputs)
        (options.keepsDraws, options.keepsReplicates) = (exportSamples != nil, exportSamples != nil)
        try check(options)
        let thresholds = try require.map(Threshold.stated)
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

        let written = try WrittenFiles([("--json", json), ("--csv", csv), ("--export-samples", exportSamples)])

        var reader = ExperimentReader()
        let statements = try hypothesisFlags.hypotheses(hypotheses).flatMap {
            try OthersFlag.variants(of: $0, policies)
        }
        let experiments = try statements.map { try reader.experiment($0) }
        try written.check(reading: experiments.flatMap(\.model.files) + [plan, replay])
        var first: Run?
        var reports: [Report] = []
        let line = quiet ? nil : ProgressLine()
        defer { line?.finish() }
        if tune { FirstTuning.tune(experiments, options, line) }
        let report: @Sendable (RunProgress) -> Void = { line?.report($0) }
        if let rounding = options.rounding {
            // Not of an engine that has none of it.
            _ = try Engine.candidates(options)
            line?.tell("what \(rounding) does to figures", done: 0, of: 1)
        }
        let errors = try Experiment.precisionErrors(of: experiments, options)
        var started = Date()
        try Experiment.run(experiments, options, progress: report) { runs in
            for var run in runs {
                let number = reports.count
                run.report.precision = errors.isEmpty ? nil : errors[number]
                if attribution {
                    run.report.attribution = try experiments[number].attribution(of: run, options, progress: report)
                }
                line?.finish()
                if policies != nil { run.report.others = statements[number].others.description }
                run.report.against = try first.flatMap { try PairedDifference(of: run, from: $0) }
                first = first ?? run
                reports.append(run.report)
                if let exportSamples { try Replay.write(run, to: exportSamples) }
                if !quiet { print(RunText(run.report, seconds: Date().timeIntervalSince(started)).text) }
            }
            started = Date()
        }
        if reports.count > 1 && !quiet { print(RunText.summary(reports)) }
        if let json { try write(reports, to: json) }
        if let csv { try writeAtomically(Array(reports.csv.utf8), to: csv) }

        let missed = reports.flatMap { report in
            thresholds.compactMap { $0.miss(in: report) }.map { "\(report.hypothesis): \($0)" }
        }
        for miss in missed { Console.error(miss) }
        if !missed.isEmpty { throw ExitCode(1) }
    }

    private func check(_ options: RunOptions) throws {
        if options.isExact && replay != nil {
            throw UsageError("--exact takes no --replay: it runs every draw there is")
        }
        if outputs && exportSamples == nil {
            throw UsageError("--outputs needs --export-samples, where they are written")
        }
        if attribution && replay != nil {
            throw UsageError("--attribution takes no --replay: it draws what the file does not hold")
        }
        if plan != nil && !flags.optimise {
            throw UsageError("--plan takes no --no-optimise: the plan in the file is run as it is")
        }
        guard let width = options.width else { return }
        guard width > 0, width.isFinite else {
            throw UsageError("--until-width is \(width), expected a number above 0, such as 0.01")
        }
        for (flag, isGiven) in [("--exact", options.isExact), ("--replay", replay != nil), ("--plan", plan != nil)]
        where isGiven {
            throw UsageError("--until-width takes no \(flag): it decides how many samples are drawn")
        }
    }

    private func write(_ reports: [Report], to path: String) throws {
        let encoder = JSONEncoder.ofFigures
        let data = reports.count == 1 ? try encoder.encode(reports[0]) : try encoder.encode(reports)
        try writeAtomically(Array(data) + [UInt8(ascii: "\n")], to: path)
    }
}
