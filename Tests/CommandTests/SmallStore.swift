import Foundation
import Scrubjay
import Testing

/// A store beside the small experiment, `runs.db`: a run that is done, one that failed, one of which some samples are kept, and
/// one that has not begun.
struct SmallStore {
    let small: SmallExperiment
    let report: Report

    init() throws {
        small = try SmallExperiment()
        report = try Self.report.get()
        let store = try RunStore(small.folder.path("runs.db"), mode: .create)
        try Self.fill(store, report)
    }

    private static let report = Result<Report, any Error> {
        let small = try SmallExperiment()
        var report = try Experiment(contentsOf: small.folder.path("h.yaml"))
            .run(RunOptions(samples: 50, seed: 7, backend: .cpu)).report
        report.hypothesis = "h.yaml"
        return report
    }

    private static func fill(_ store: RunStore, _ report: Report) throws {
        var parts = asked("parts.yaml", seed: 3)
        (parts.statement.parameters, parts.statement.others) = (["head": "0"], "each")
        let runs = [asked("h.yaml", seed: 7), asked("failed.yaml"), parts, asked("asked.yaml", seed: .max)]
        try store.add(runs)
        try store.finish(
            [FinishedRun(key: runs[0].key, report: report, tree: nil, seconds: 0.5)])
        try store.fail(runs[1].key, message: "failed.yaml:3: no such head\nperhaps a0.h1", isInput: true)
        let batch = try store.begin(Batch(runs: [[runs[2].key]], replicates: 1000, engine: "cpu"))
        try store.keep(Chunk(batch: batch, seed: 0, start: 0, count: 1000, bytes: [1]))
    }

    static func asked(_ hypothesis: String, seed: UInt64 = 0) -> AskedRun {
        AskedRun(
            key: "\(hypothesis) \(seed)",
            statement: RunStatement(hypothesis: hypothesis, text: "model: model\n", seed: seed, samples: 4000),
            command: "scrubjay run \(hypothesis) --seed \(seed)")
    }

    /// Statements, as another program would run them: python3's sqlite3.
    static func sql(_ statements: String, _ path: String) throws {
        let process = try python(
            "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2]); c.close()", path,
            statements)
        process.process.waitUntilExit()
        try #require(process.process.terminationStatus == 0, "\(statements)")
    }

    /// Runs `body` while another process has the database to itself.
    static func locked<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
        let (process, output) = try python(
            """
            import sqlite3, sys, time
            c = sqlite3.connect(sys.argv[1], isolation_level=None)
            c.execute("PRAGMA locking_mode = EXCLUSIVE")
            c.execute("BEGIN EXCLUSIVE")
            print("ready", flush=True)
            time.sleep(60)
            """, path)
        defer {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        try #require(!output.availableData.isEmpty)
        return try body()
    }

    private static func python(_ script: String, _ arguments: String...) throws -> (
        process: Process, output: FileHandle
    ) {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script] + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        try process.run()
        return (process, output.fileHandleForReading)
    }
}
