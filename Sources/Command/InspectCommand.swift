import ArgumentParser
import Scrubjay

struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract:
            "List a model's nodes with their shapes and inputs. * marks what a claim may name as a direct input, > the output."
    )

    @Argument(help: "A model folder: config.json and *.safetensors.")
    var model: String

    @Option(parsing: .unconditional, help: "Positions of the sequence; the model's n_ctx unless stated.")
    var positions: Int?

    mutating func run() throws {
        let checkpoint = try Checkpoint(folder: model)
        let length = positions ?? checkpoint.configuration.positions
        guard length > 0 else { throw UsageError("--positions is \(length), expected 1 or more") }
        guard length <= checkpoint.configuration.positions else {
            throw UsageError("--positions is \(length); the model's n_ctx is \(checkpoint.configuration.positions)")
        }
        print(try Transformer.graph(of: checkpoint, tokens: "tokens", positions: length).description, terminator: "")
    }
}
