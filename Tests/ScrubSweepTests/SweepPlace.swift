import Foundation
import ScrubExperiment
import ScrubPlanner
import ScrubStore
import ScrubSweep
import Synchronization

/// A folder with a sweep over the brackets model, and stores for it.
final class SweepPlace: Sendable {
    let path: String
    static let brackets = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Benchmarks/brackets").path

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "scrubjay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
        // As the repository has them, but for a policy that the sweep may set.
        for name in ["1a", "1b"] {
            let text = try String(contentsOfFile: "\(Self.brackets)/\(name).yaml", encoding: .utf8)
                .replacing("model: model/", with: "model: \(Self.brackets)/model/")
                .replacing("data: parens.npz", with: "data: \(Self.brackets)/parens.npz")
                .replacing("  others: random\n", with: "")
            try text.write(toFile: "\(path)/\(name).yaml", atomically: true, encoding: .utf8)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func store(_ name: String = "runs.db") throws -> RunStore { try RunStore("\(path)/\(name)", mode: .create) }

    /// A sweep of these lines, in the folder.
    func sweep(_ lines: String) throws -> [SweepRun] {
        try Sweep.parse(lines, file: "\(path)/sweep.yaml").runs()
    }

    static let options = {
        var options = ConductorOptions(backend: .cpu, threads: 2, checkpoint: 64)
        options.memoryLimit = 1 << 30
        return options
    }()

    /// The same, to stop when that is asked after so many rounds.
    static func options(stoppingAfter rounds: Int) -> ConductorOptions {
        let asked = Mutex(0)
        var options = options
        options.isStopped = {
            asked.withLock { count in
                count += 1
                return count > rounds
            }
        }
        return options
    }

    /// Runs a sweep to its end, or to where `options` stop it.
    func run(
        _ runs: [SweepRun], in store: RunStore, _ options: ConductorOptions = SweepPlace.options,
        unfinished: Conductor.Unfinished = .refuse
    ) throws -> (outcome: SweepOutcome, events: [SweepEvent]) {
        let events = Mutex<[SweepEvent]>([])
        let outcome = try Conductor(store, options, unfinished: unfinished).run(runs) { event in
            events.withLock { $0.append(event) }
        }
        return (outcome, events.withLock { $0 })
    }
}

/// What must be the same of two stores, row by row: all but when and how fast.
struct StoreRow: Equatable {
    var key: String
    var statement: RunStatement
    var state: StoredRun.State
    var figures: [Report.Figure]?
    var outputs: Report.OutputFigures?
    var attribution: [ClaimAttribution]?
    var samples: Int?
    var warnings: [String]?
    var tree: String?
    var command: String

    static func all(_ store: RunStore) throws -> [StoreRow] {
        try store.stored(nil).map { run in
            StoreRow(
                key: run.key, statement: run.statement, state: run.state, figures: run.report?.figures,
                outputs: run.report?.outputs, attribution: run.report?.attribution, samples: run.report?.samples,
                warnings: run.report?.warnings, tree: run.tree, command: run.command)
        }
    }
}
