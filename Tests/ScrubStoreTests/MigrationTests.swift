import Foundation
import ScrubCore
import ScrubExperiment
import ScrubPlan
import ScrubStatistics
import ScrubStore
import Testing

/// Stores of earlier versions, which are kept in `Fixtures`, can be read and become stores of today.
///
/// `SCRUBJAY_RECORD=1 swift test --filter MigrationTests` writes the fixture anew, and fails, so that a recording never passes for a
/// test.
@Suite struct MigrationTests {
    private static let fixture = "\(SampleRuns.repository)/Tests/ScrubStoreTests/Fixtures/store-1.db"
    private let folder: Folder

    init() throws {
        folder = try Folder()
        if ProcessInfo.processInfo.environment["SCRUBJAY_RECORD"] != nil {
            try OldStore.write(Self.fixture)
            Issue.record("recorded \(Self.fixture); run again without SCRUBJAY_RECORD")
        }
        try FileManager.default.copyItem(atPath: Self.fixture, toPath: folder.store)
    }

    private func check(_ store: RunStore) throws {
        let runs = try store.stored()
        #expect(runs.map(\.statement.hypothesis) == OldStore.names.map { "docs/tutorial/\($0).yaml" })
        #expect(runs.map(\.statement.seed) == [0, .max, 2, 0, 0, 0])
        #expect(runs.map(\.statement.parameters) == [["head": "a0.h0"]] + Array(repeating: [:], count: 5))
        let states: [StoredRun.State] = [
            .done, .done, .done, .done, .failed(message: "no such model", isInput: true), .unfinished(replicates: 100),
        ]
        #expect(runs.map(\.state) == states)
        for run in runs {
            #expect(run.statement.text == (try OldStore.text(run.statement.hypothesis)))
            #expect(run.command == "scrubjay run \(run.statement.hypothesis) --seed \(run.statement.seed)")
            // Which version 1 did not have.
            #expect(run.seconds == nil && run.tree == nil)
        }
        #expect(try store.sweeps() == [])
        // Worked out by hand in docs/tutorial.md: half of the behaviour survives one head, all of it the true hypothesis.
        let recovered = runs.map { $0.report?.figures[0].recovered?.mean }
        #expect(recovered[..<3].allSatisfy { abs(($0 ?? 0) - 0.5) < 0.1 })
        #expect(recovered[3] == 1)
        #expect(try store.runs().map(\.figures?.recovered) == recovered)
        #expect(try store.batches().map(\.batch) == [Batch(runs: [["key 5"]], replicates: 100, engine: "cpu")])
    }

    /// In a copy: the file stays what it is, byte for byte, and nothing is put beside it.
    @Test func anOldStoreIsRead() throws {
        let before = try folder.bytes()
        try check(RunStore(folder.store, mode: .read))
        #expect(try folder.bytes() == before)
        #expect(folder.files == ["store.db"])
    }

    @Test func anOldStoreBecomesOneOfToday() throws {
        do {
            let store = try RunStore(folder.store, mode: .write)
            try check(store)
            let run = SampleRuns.asked("a")
            try store.add([run])
            try store.finish([SampleRuns.finished(run)])
        }
        let reader = try RunStore(folder.store, mode: .read)
        #expect(try reader.runs().count == 7)
        #expect(try reader.stored().last?.seconds == 0.25)
        #expect(
            try Python.run(
                "import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute('PRAGMA user_version').fetchone())",
                folder.store) == "3\n")
    }

    @Test func anOldStoreIsMerged() throws {
        let into = try RunStore(folder.path("into.db"), mode: .create)
        #expect(try into.merge(RunStore(folder.store, mode: .read)).added == 6)
        #expect(try into.stored().map(\.seconds) == Array(repeating: nil, count: 6))
    }

    /// A migration is made wholly or not at all.
    @Test func aDamagedOldStoreStaysOld() throws {
        try Python.sql("ALTER TABLE run ADD COLUMN seal TEXT", folder.store)
        let before = try dump()
        for mode in [RunStore.Mode.read, .write] {
            #expect(throws: StoreError.corrupt(folder.store, "duplicate column name: seal")) {
                _ = try RunStore(folder.store, mode: mode)
            }
        }
        #expect(try dump() == before)
    }

    /// All that is in the file, as SQL, with its version.
    private func dump() throws -> String {
        try Python.run(
            """
            import sqlite3, sys
            c = sqlite3.connect(sys.argv[1])
            print(*c.execute("PRAGMA user_version").fetchone(), *c.iterdump(), sep="\\n")
            """, folder.store)
    }
}

/// A store as version 1 made it: one of today without what was added since.
enum OldStore {
    static let names = ["one-head", "one-head", "one-head", "true", "swapped", "parts"]

    static func text(_ path: String) throws -> String {
        try String(contentsOfFile: "\(SampleRuns.repository)/\(path)", encoding: .utf8)
    }

    static func write(_ path: String) throws {
        for suffix in ["", "-lock"] where FileManager.default.fileExists(atPath: path + suffix) {
            try FileManager.default.removeItem(atPath: path + suffix)
        }
        try fill(RunStore(path, mode: .create))
        try FileManager.default.removeItem(atPath: path + "-lock")
        try Python.run(
            """
            import sqlite3, sys
            c = sqlite3.connect(sys.argv[1], isolation_level=None)
            for column in ["seconds", "seal"]:
                c.execute(f"ALTER TABLE run DROP COLUMN {column}")
            # SQLite drops no column that refers to another table, unless it is told that none does.
            schema = c.execute("SELECT sql FROM sqlite_master WHERE name = 'run'").fetchone()[0]
            c.execute("PRAGMA writable_schema = ON")
            c.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'run'",
                [schema.replace(", tree TEXT REFERENCES text (digest)", ", tree TEXT")])
            c.execute("PRAGMA writable_schema = RESET")
            c.execute("ALTER TABLE run DROP COLUMN tree")
            c.execute("DROP TABLE sweep")
            c.execute("DELETE FROM grdb_migrations WHERE identifier > '1'")
            c.execute("PRAGMA user_version = 1")
            c.execute("PRAGMA journal_mode = DELETE")
            c.execute("VACUUM")
            """, path)
    }

    private static func fill(_ store: RunStore) throws {
        let asked = try names.enumerated().map { place, name in
            let (path, seed) = ("docs/tutorial/\(name).yaml", [0, .max, 2, 0, 0, 0][place] as UInt64)
            return AskedRun(
                key: "key \(place)",
                statement: RunStatement(
                    hypothesis: path, text: try text(path), parameters: place == 0 ? ["head": "a0.h0"] : [:],
                    seed: seed,
                    samples: 200),
                command: "scrubjay run \(path) --seed \(seed)")
        }
        try store.add(asked)
        for run in asked[..<4] {
            let options = RunOptions(samples: 200, seed: run.statement.seed, backend: .cpu, threads: 1)
            var report = try Experiment(contentsOf: "\(SampleRuns.repository)/\(run.statement.hypothesis)").run(options)
                .report
            report.hypothesis = run.statement.hypothesis
            report.backend.device = "a processor"
            report.provenance.files = [:]
            try store.finish(
                [FinishedRun(key: run.key, report: report, tree: nil, seconds: 0)])
        }
        try store.fail(asked[4].key, message: "no such model", isInput: true)
        let batch = try store.begin(Batch(runs: [[asked[5].key]], replicates: 100, engine: "cpu"))
        try store.keep(Chunk(batch: batch, seed: 0, start: 0, count: 100, bytes: [1, 2, 3]))
    }
}
