import ArgumentParser
import Foundation
import Scrubjay

struct SweepCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep",
        abstract:
            "Run every hypothesis, parameter, seed and policy that a sweep file lists, and keep the results in a store."
    )

    @Argument(help: "A sweep file.", completion: .file(extensions: ["yaml", "yml"]))
    var sweep: String

    @Option(
        help:
            "Where results are kept; made where there is none. The sweep's name with .db in this folder unless stated.",
        completion: .file(extensions: ["db"]))
    var store: String?

    @Flag(help: "Go on with what a sweep that was cut off left, where it did.")
    var resume = false

    @Flag(help: "Drop the progress of unfinished runs that the store has, and begin them anew.")
    var fresh = false

    @Flag(help: "Print the runs, what each costs and what all of them cost, and run nothing.")
    var dryRun = false

    @Option(help: "Run one part of several, such as 2/8; `scrubjay merge` joins the stores.")
    var shard: String?

    @OptionGroup var engine: SweepEngineFlags

    @OptionGroup(title: "Slurm") var slurm: SlurmFlags

    @Option(help: "How progress is told: auto, json (an object a line on standard output), none.")
    var progress = SweepProgress.auto

    @Option(
        help:
            "A threshold such as 'recovered >= 0.85' that every run must meet, besides those of the file; exit status 1 where one is missed."
    )
    var require: [String] = []

    mutating func run() throws {
        if resume && fresh { throw UsageError("--resume and --fresh are opposites: give one of them") }
        let thresholds = try require.map(Threshold.stated)
        let part = try shard.map(Shard.init)
        let sweep = try Sweep.read(self.sweep)
        var options = try engine.options(checkpoint: sweep.checkpoint)
        for warning in sweep.warnings { Console.error("warning: \(warning)") }
        let all = try sweep.runs()
        let runs = part.map { Array(all[$0.range(of: all.count)]) } ?? all
        let path = store ?? defaultStore
        let words = engine.arguments + require.flatMap { ["--require", $0] }
        if let job = try slurm.job(sweep: self.sweep, name: sweep.name, store: path, arguments: words) {
            for (flag, isGiven) in [("--shard", part != nil), ("--dry-run", dryRun), ("--fresh", fresh)] where isGiven {
                throw UsageError("--slurm takes no \(flag): every task of the array runs one shard, and resumes it")
            }
            warnOfWrong(runs)
            return try slurm.run(job)
        }
        if dryRun { return try printCost(runs, options, store: path) }

        options.isStopped = { Interrupt.received != nil }
        let kept = try RunStore(path, mode: .create)
        try kept.note(sweep: sweep.name)
        let text = SweepText(progress, store: path, resume: resumeCommand)
        Interrupt.watch()
        let conductor = Conductor(kept, options, unfinished: fresh ? .beginAnew : resume ? .goOn : .refuse)
        let outcome = try conductor.run(runs) { text.tell($0) }
        let missed = try misses(of: sweep.requirements + thresholds, outcome, in: kept)
        // What is left of a sweep that nobody stopped, a device is to blame for.
        let status = outcome.left > 0 ? Interrupt.status ?? 3 : outcome.status(missed: missed.count)
        text.end(outcome, missed: missed, status: status)
        if status != 0 { throw ExitCode(status) }
    }

    /// Tells of hypotheses that tasks of an array would find wrong, each once.
    private func warnOfWrong(_ runs: [SweepRun]) {
        var told: Set<String> = []
        for run in runs {
            guard case .failure(let error) = run.hypothesis, told.insert("\(error)").inserted else { continue }
            Console.error("warning: \(run.statement.title) will fail: \(error)")
        }
    }

    private func printCost(_ runs: [SweepRun], _ options: ConductorOptions, store path: String) throws {
        let kept = FileManager.default.fileExists(atPath: path) ? try RunStore(path, mode: .read) : nil
        let dry = try DryRun(runs, options, in: kept)
        print(dry.text, terminator: "")
        for failure in dry.failures { Console.error(failure) }
        if !dry.failures.isEmpty { throw ExitCode(2) }
    }

    /// `brackets.yaml` keeps in `brackets.db`.
    private var defaultStore: String {
        "\(URL(fileURLWithPath: sweep).deletingPathExtension().lastPathComponent).db"
    }

    /// What a user types to go on.
    private var resumeCommand: String {
        var words = Array(CommandLine.arguments.dropFirst()).filter { $0 != "--fresh" }
        if !words.contains("--resume") { words.append("--resume") }
        return (["scrubjay"] + words).map(shellQuoted).joined(separator: " ")
    }

    /// Each threshold that a run misses.
    private func misses(of all: [Threshold], _ outcome: SweepOutcome, in store: RunStore) throws -> [SweepMiss] {
        var misses: [SweepMiss] = []
        if all.isEmpty { return misses }
        try store.each(outcome.keys) { run in
            guard let report = run.report else { return }
            misses += all.compactMap { SweepMiss(run.statement, report, $0) }
        }
        return misses
    }
}

extension SweepOutcome {
    /// A device's failure tells before bad input, and that before a missed threshold.
    func status(missed: Int) -> Int32 {
        if failedByDevice > 0 { return 3 }
        if failedByInput > 0 { return 2 }
        return missed > 0 ? 1 : 0
    }
}

/// How a sweep says how far it is.
enum SweepProgress: String, ExpressibleByArgument, CaseIterable {
    case auto, json, none
}
