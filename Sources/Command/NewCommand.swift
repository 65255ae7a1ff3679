import ArgumentParser
import Foundation
import Scrubjay

struct NewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Write a first hypothesis for a model, which runs as it is, and say what to edit in it.")

    @Argument(help: "A model folder: config.json and *.safetensors.", completion: .directory)
    var model: String

    @Option(
        help: "The data. Without, rows of random tokens are written beside the hypothesis.", completion: .datasets)
    var data: String?

    @Option(
        name: .shortAndLong, help: "The file to write.", completion: .file(extensions: ["yaml", "yml"]))
    var output = "hypothesis.yaml"

    @Flag(help: "Write over files that are there.")
    var force = false

    mutating func run() throws {
        guard output.hasSuffix(".yaml") || output.hasSuffix(".yml") else {
            throw UsageError("--output is \"\(output)\", expected a name that ends with .yaml")
        }
        try requireFolder(of: output)
        try check(output)
        let checkpoint = try Checkpoint(folder: model)
        let file: String
        if let data { file = data } else { file = try writeStandIn(checkpoint) }
        let dataset = try Dataset.read(
            file, where: nil, weight: nil, location: data == nil ? nil : SourceLocation(file: "--data"))
        let draft = try HypothesisDraft(
            checkpoint, dataset, model: Self.path(model, from: output), data: Self.path(file, from: output))
        try writeAtomically(Array(draft.text(file: output).utf8), to: output)
        print("\(output): a first hypothesis. `scrubjay run \(shellQuoted(output))` runs it.")
        print(
            "Edit the claims, what each is the same in, and the policy for other inputs; its comments say what there is."
        )
        if data == nil {
            print(
                "\(file): random tokens, since no --data was given: figures mean nothing until `data` names the model's own."
            )
        }
    }

    private func check(_ path: String) throws {
        if !force && FileManager.default.fileExists(atPath: path) {
            throw UsageError("\(path) is there already: write it over with --force, or name another with --output")
        }
    }

    private func writeStandIn(_ checkpoint: Checkpoint) throws -> String {
        guard case .transformer(let configuration) = checkpoint.configuration else {
            throw UsageError("'\(model)' is a graph, which reads columns of its own: give --data")
        }
        let path = (output as NSString).deletingPathExtension + "-data.jsonl"
        try check(path)
        try writeAtomically(Array(StandInData.lines(for: configuration).utf8), to: path)
        return path
    }

    /// A path from the working directory as a file that names it has it: relative to that file's folder.
    private static func path(_ path: String, from file: String) -> String {
        let folder = (file as NSString).deletingLastPathComponent
        guard !path.hasPrefix("/"), !folder.isEmpty else { return path }
        let target = URL(filePath: path).standardized.pathComponents
        let start = URL(filePath: folder).standardized.pathComponents
        let common = zip(target, start).prefix { $0 == $1 }.count
        return (Array(repeating: "..", count: start.count - common) + target[common...]).joined(separator: "/")
    }
}
