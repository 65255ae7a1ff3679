import ArgumentParser
import Foundation
import Scrubjay

struct RunsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "List the runs of a store: what was asked, and what became of it.")

    @Argument(help: "The store.")
    var store: String

    @Option(help: "Those alone that are done, failed or unfinished.")
    var state: String?

    @Option(help: "Those alone whose hypothesis matches, such as 'induction/*.yaml'.")
    var hypothesis: String?

    @Flag(help: "Print a list of JSON objects.")
    var json = false

    mutating func run() throws {
        let wanted = try state.map { name in
            guard let state = RunFilter.State(rawValue: name) else {
                let known = RunFilter.State.allCases.map(\.rawValue).joined(separator: ", ")
                throw UsageError("--state is \(name), expected one of \(known)")
            }
            return state
        }
        let runs = try RunStore(store, mode: .read).runs(RunFilter(state: wanted, hypothesis: hypothesis))
        if json {
            let data = try JSONEncoder.ofFigures.encode(runs.map(RunObject.init))
            print(String(decoding: data, as: UTF8.self))
        } else {
            print(RunsText(runs).text)
        }
    }
}
