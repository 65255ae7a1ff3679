import Foundation
import ScrubCore
import ScrubExperiment
import ScrubPlan
import ScrubStatistics
import ScrubStore

/// Runs to put into stores: what an example of the tutorial says, under other names and seeds.
enum SampleRuns {
    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// Of 200 samples, grouped, so that it has figures of every sort.
    static func report(seed: UInt64 = 0) throws -> Report {
        var report = try example.get()
        report.seed = seed
        return report
    }

    private static let example = Result<Report, any Error> {
        var options = RunOptions(samples: 200, seed: 0, backend: .cpu, threads: 1)
        options.groupings = ["a"]
        return try Experiment(contentsOf: "\(repository)/docs/tutorial/one-head.yaml").run(options).report
    }

    /// One with another scrubbed mean, by `change`, and computed elsewhere.
    static func report(seed: UInt64 = 0, changed change: Double, device: String = "another device") throws -> Report {
        var report = try report(seed: seed)
        report.figures[0].scrubbed.mean += change
        report.backend.device = device
        return report
    }

    static func asked(_ name: String, seed: UInt64 = 0, parameters: [String: String] = [:]) -> AskedRun {
        AskedRun(
            key: "key of \(name), \(seed)",
            statement: RunStatement(
                hypothesis: "\(name).yaml", text: "model: model\n# \(name) 'quoted', \"twice\" | é\n",
                parameters: parameters, model: name == "b" ? "models/b" : nil, others: name == "c" ? "each" : nil,
                ablation: "resample", seed: seed, samples: 200, groupings: ["a"]),
            command: "scrubjay run \(name).yaml --seed \(seed)")
    }

    static func finished(_ asked: AskedRun, _ report: Report? = nil, tree: String? = "digraph {}") throws -> FinishedRun
    {
        FinishedRun(
            key: asked.key, report: try report ?? self.report(seed: asked.statement.seed), tree: tree, seconds: 0.25)
    }

    /// A store with a run done, one failed, one asked for of which 30 replicates are kept, and one asked for.
    @discardableResult
    static func fill(_ store: RunStore) throws -> [AskedRun] {
        let asked = [
            asked("a", seed: UInt64.max, parameters: ["head": "a0.h0", "layer": "0"]), asked("b"), asked("c", seed: 3),
            asked("d", seed: 1 << 63),
        ]
        try store.add(asked)
        try store.finish([finished(asked[0])])
        try store.fail(asked[1].key, message: "no such model", isInput: true)
        let batch = try store.begin(Batch(runs: [["other"], [asked[2].key]], replicates: 10, engine: "cpu"))
        for start in [0, 10, 20] {
            try store.keep(Chunk(batch: batch, seed: 1, start: start, count: 10, bytes: [1, 2, UInt8(start)]))
        }
        return asked
    }
}

/// A temporary folder that disappears with the last reference to it.
final class Folder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "scrubjay-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var store: String { path("store.db") }

    func path(_ name: String) -> String { "\(path)/\(name)" }

    var files: Set<String> { Set((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []) }

    func bytes(_ name: String = "store.db") throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path(name))) }
}

extension StoredRun {
    /// All that is kept of it, for comparison.
    var content: [String] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        var unordered = statement
        unordered.parameters = [:]
        let report = report.flatMap { try? encoder.encode($0) }.map { String(decoding: $0, as: UTF8.self) }
        return [
            key, "\(unordered)", "\(statement.parameters.sorted { $0.key < $1.key })", "\(state)", report ?? "",
            tree ?? "", command, "\(seconds ?? -1)",
        ]
    }
}
