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

    @Option(help: "Those alone that a sweep file does not ask for, as hypotheses, models and data are now.")
    var besides: String?

    @Flag(help: "Drop the runs that are listed, with their figures.")
    var drop = false

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
        if drop, state == nil, hypothesis == nil, besides == nil {
            throw UsageError("--drop takes --state, --hypothesis or --besides, which say what is dropped")
        }
        let asked = try besides.map { try Sweep.read($0).keys() }
        let store = try RunStore(store, mode: drop ? .write : .read)
        var runs = try store.runs(RunFilter(state: wanted, hypothesis: hypothesis))
        if let asked { runs.removeAll { asked.contains($0.key) } }
        if drop { try store.drop(runs.map(\.key)) }
        if json {
            let data = try JSONEncoder.ofFigures.encode(runs.map(RunObject.init))
            print(String(decoding: data, as: UTF8.self))
        } else {
            print(RunsText(runs).text + (drop ? "; dropped" : ""))
        }
    }
}
