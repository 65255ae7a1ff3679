import ArgumentParser
import Scrubjay

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Print what a hypothesis becomes: the claims with their draws, and the plan after each pass.")

    @Argument(help: "A hypothesis file.")
    var hypothesis: String

    @OptionGroup var flags: RunFlags

    @Option(help: "Write the final plan as JSON, for run --plan.")
    var plan: String?

    mutating func run() throws {
        let options = try flags.options()
        let experiment = try Experiment(contentsOf: hypothesis)
        print(experiment.treeText)
        var previous: Stage?
        for stage in try experiment.stages(options) {
            print(stage.text(after: previous))
            previous = stage
        }
        for warning in experiment.warnings { print("warning: \(warning)") }
        if let plan, let last = previous { try writeAtomically(last.plan.json(), to: plan) }
    }
}
