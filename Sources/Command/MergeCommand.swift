import ArgumentParser
import Scrubjay

struct MergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Take the runs of other stores into one: all of them, or none where figures differ.")

    @Argument(help: "The store that takes them; made where there is none.")
    var into: String

    @Argument(help: "The stores that they come from, which stay as they are.")
    var from: [String]

    mutating func run() throws {
        // Before a store is made.
        let others = try from.map { try RunStore($0, mode: .read) }
        let store = try RunStore(into, mode: .create)
        let merged = try store.merge(others)
        print(
            "\(into): \(merged.added.grouped) added, \(merged.completed.grouped) completed, \(merged.same.grouped) there already"
        )
    }
}
