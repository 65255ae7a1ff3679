import ArgumentParser
import Foundation
import Scrubjay

struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Print what running one or more hypotheses would cost. Runs nothing.")

    @Argument(help: "Hypothesis files.", completion: .hypotheses)
    var hypotheses: [String]

    @OptionGroup var hypothesisFlags: HypothesisFlags

    @OptionGroup var flags: RunFlags

    @Flag(help: "Print what each pass over the plan did, and what it saved.")
    var explain = false

    @Option(
        help:
            "Once for each of these policies for the inputs of claims that state none, such as random,each,together,exact.",
        completion: .policies
    )
    var others: String?

    @OptionGroup var rounding: RoundingFlags

    @Option(
        help: "Write the same as JSON: an object, or a list of them where several plans are made.",
        completion: .file(extensions: ["json"]))
    var json: String?

    mutating func run() throws {
        var options = try flags.options()
        // As of a run that exports no draws.
        (options.keepsDraws, options.keepsReplicates) = (false, false)
        (options.precision, options.storage) = (rounding.precision, rounding.storage)
        let written = try WrittenFiles([("--json", json)])
        let policies = try others.map(OthersFlag.policies)
        var reader = ExperimentReader()
        var experiments: [Experiment] = []
        for hypothesis in try hypothesisFlags.hypotheses(hypotheses) {
            for variant in try OthersFlag.variants(of: hypothesis, policies) {
                experiments.append(try reader.experiment(variant))
            }
        }
        try written.check(reading: experiments.flatMap(\.model.files))
        let made = try Experiment.forecast(
            experiments, options, profile: ForecastText.profile, listsPasses: explain || json != nil)
        for (number, (forecast, _)) in made.enumerated() {
            let text = ForecastText(forecast)
            let parts = [text.title + "\n", text.cost] + (explain ? [text.passes] : [])
            print((number == 0 ? "" : "\n") + parts.joined(separator: "\n"), terminator: "")
        }
        if let json { try write(made.map(\.forecast), to: json) }
    }

    private func write(_ forecasts: [Forecast], to path: String) throws {
        let encoder = JSONEncoder.ofFigures
        let data = forecasts.count == 1 ? try encoder.encode(forecasts[0]) : try encoder.encode(forecasts)
        try writeAtomically(Array(data) + [UInt8(ascii: "\n")], to: path)
    }
}
