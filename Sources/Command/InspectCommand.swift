import ArgumentParser
import Scrubjay

struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract:
            "List a model's nodes with their shapes and inputs. * marks what a claim may name as a direct input, > the output."
    )

    @Argument(help: "A model folder: config.json and *.safetensors.", completion: .directory)
    var model: String

    @Option(parsing: .unconditional, help: "Positions of the sequence; the model's n_ctx unless stated.")
    var positions: Int?

    mutating func run() throws {
        let checkpoint = try Checkpoint(folder: model)
        print(try graph(of: checkpoint).description, terminator: "")
    }

    private func graph(of checkpoint: Checkpoint) throws -> Graph {
        switch checkpoint.configuration {
        case .transformer(let configuration):
            let length = positions ?? configuration.positions
            guard length > 0 else { throw UsageError("--positions is \(length), expected 1 or more") }
            guard length <= configuration.positions else {
                throw UsageError("--positions is \(length); the model's n_ctx is \(configuration.positions)")
            }
            return try Transformer.graph(of: checkpoint, tokens: "tokens", positions: length)
        case .graph(let configuration):
            if let positions {
                throw UsageError("--positions is \(positions); the model is a graph, whose nodes state their sizes")
            }
            return try GraphModel.graph(of: configuration, in: checkpoint)
        }
    }
}
