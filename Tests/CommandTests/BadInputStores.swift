import Foundation
import Scrubjay
import Testing

/// Stores that cannot be opened, read or written. What a user gave is status 2, what the machine has is 3.
@Suite struct BadInputStores {
    @Test(arguments: BadInputStores.cases) func stores(_ input: BadInput) throws { try input.check() }

    private static func runs(
        _ what: String, _ arguments: [String] = ["runs", "a.db"], says message: String, status: Int32 = 2,
        _ damage: @escaping @Sendable (String) throws -> Void = { _ in }
    ) -> BadInput {
        BadInput(what, arguments, says: message, status: status) { try damage($0.folder.path("a.db")) }
    }

    private static let cases: [BadInput] = [
        runs("missing", says: "error: a.db: no such store"),
        runs("merged, missing", ["merge", "b.db", "a.db"], says: "error: a.db: no such store"),
        runs("no database", ["runs", "h.yaml"], says: "error: h.yaml: not a store of runs: no SQLite database"),
        runs(
            "merge into no database", ["merge", "h.yaml", "a.db"],
            says: "error: h.yaml: not a store of runs: no SQLite database"
        ) {
            _ = try RunStore($0, mode: .create)
        },
        runs("a folder", ["runs", "model"], says: "error: model: is a folder, expected a store"),
        runs("another program's", says: "error: a.db: not a store of runs: a database of another program") {
            try SmallStore.sql("CREATE TABLE notes (text)", $0)
        },
        runs(
            "newer",
            says:
                "error: a.db: a store of a newer scrubjay (format 9, this one knows up to 3): it takes that version or newer"
        ) {
            _ = try RunStore($0, mode: .create)
            try SmallStore.sql("PRAGMA user_version = 9", $0)
        },
        runs(
            "no folder", ["merge", "none/b.db", "a.db"],
            says: "error: none/b.db: cannot make a store: the folder does not exist", status: 3
        ) { _ = try RunStore($0, mode: .create) },
        runs(
            "changed by hand",
            says:
                "error: a.db: what it lists, of run 1, was changed or damaged: its checksum is another; `sqlite3 FILE "
                + "\"PRAGMA foreign_keys = ON; DELETE FROM run WHERE id = 1\"` drops it, and it runs again", status: 3
        ) {
            try RunStore($0, mode: .create).add([SmallStore.asked("h.yaml")])
            try SmallStore.sql("UPDATE run SET seed = 5", $0)
        },
        runs(
            "cut short",
            says:
                "error: a.db: the store is damaged: database disk image is malformed; `sqlite3 FILE .recover` saves what can "
                + "be read, and what is lost runs again", status: 3
        ) {
            try RunStore($0, mode: .create).add([SmallStore.asked("h.yaml")])
            let file = URL(fileURLWithPath: $0)
            try Data(contentsOf: file).prefix(10_000).write(to: file)
        },
        runs(
            "no such state", ["runs", "a.db", "--state", "finished"],
            says: "error: --state is finished, expected one of done, failed, unfinished"),
    ]

    @Test func aStoreThatAnotherProgramHas() throws {
        let store = try SmallStore()
        let result = try SmallStore.locked(store.small.folder.path("runs.db")) {
            try store.small.scrubjay(["runs", "runs.db"])
        }
        #expect(
            result.errors == "error: runs.db: the store is locked by another process: try again when it has ended\n")
        #expect(result.status == 3)
        #expect(try store.small.scrubjay(["runs", "runs.db"]).status == 0)
    }

    @Test func aStoreThatIsBeingWritten() throws {
        let store = try SmallStore()
        let writer = try RunStore(store.small.folder.path("b.db"), mode: .create)
        let result = try store.small.scrubjay(["merge", "b.db", "runs.db"])
        #expect(
            result.errors
                == "error: b.db: the store is being written by process \(getpid()): one sweep or merge at a time\n")
        #expect(result.status == 3)
        // It is read all the same.
        #expect(try store.small.scrubjay(["runs", "b.db"]).status == 0)
        #expect(try writer.runs().isEmpty)
    }
}
