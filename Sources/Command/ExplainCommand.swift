import ArgumentParser
import Scrubjay

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Print what a hypothesis becomes: the claims with their draws, and the plan after each pass.")

    @Argument(help: "A hypothesis file.", completion: .hypotheses)
    var hypothesis: String

    @OptionGroup var hypothesisFlags: HypothesisFlags

    @OptionGroup var flags: RunFlags

    @Option(help: "Write the final plan as JSON, for run --plan.", completion: .file(extensions: ["json"]))
    var plan: String?

    @Option(
        help: "Draw the claims, coloured by datum, as a picture; takes Graphviz.",
        completion: .file(extensions: ["svg"]))
    var svg: String?

    @Option(help: "Write that drawing in Graphviz's language.", completion: .file(extensions: ["dot"]))
    var dot: String?

    @Option(
        help: "Write the nodes and edges that the claims speak of as a circuit graph file, which EAP-IG reads too.",
        completion: .file(extensions: ["json"]))
    var circuit: String?

    mutating func run() throws {
        var options = try flags.options()
        (options.keepsDraws, options.keepsReplicates) = (false, false)
        let written = try WrittenFiles([("--plan", plan), ("--svg", svg), ("--dot", dot), ("--circuit", circuit)])
        var reader = ExperimentReader()
        let experiment = try reader.experiment(hypothesisFlags.hypotheses([hypothesis])[0])
        try written.check(reading: experiment.model.files)
        print(experiment.treeText(isColoured: Console.isColoured))
        let made = try Experiment.forecast([experiment], options, profile: ForecastText.profile)
        let stages = made.flatMap(\.stages)
        for (forecast, _) in made { print(ForecastText(forecast).cost) }
        var previous: Stage?
        for stage in stages {
            print(stage.text(after: previous))
            previous = stage
        }
        for warning in experiment.warnings { print("warning: \(warning)") }

        if let plan, let last = previous { try writeAtomically(last.plan.json(), to: plan) }
        if let dot { try writeAtomically(Array(experiment.treeDOT.utf8), to: dot) }
        if let svg { try writeAtomically(try picture(of: experiment), to: svg) }
        if let circuit { try writeAtomically(Array(experiment.circuitJSON.utf8), to: circuit) }
    }

    private func picture(of experiment: Experiment) throws -> [UInt8] {
        do { return try Graphviz().svg(of: experiment.treeDOT) } catch GraphvizError.missing { throw NoPicture() }
    }
}

/// `--svg` without Graphviz.
struct NoPicture: Diagnostic {
    var message: String {
        "--svg takes Graphviz, and there is no dot on the PATH: install it (apt install graphviz), or take --dot, which "
            + "needs nothing"
    }

    var fault: Fault { .device }
}
