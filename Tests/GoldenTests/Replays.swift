import ScrubCore
import ScrubExperiment
import ScrubPlan
import Testing

/// Replicates whose data and scrubbed logits were written down by independent programs, run again.
@Suite("golden replays", .serialized, .needsGoldens)
struct Replays {
    static let keys = ["1a", "1b", "2p1", "2a", "3a", "3b"]

    @Test("on the CPU", arguments: keys) func onCPU(_ key: String) throws { try check(key, .cpu) }

    @Test("on OpenCL", .needsDevice, arguments: keys) func onOpenCL(_ key: String) throws {
        try check(key, Device.choice)
    }

    private func check(_ key: String, _ backend: BackendChoice) throws {
        let path = Golden.replay("brackets", key)
        let golden = try Npz(path)
        let experiment = try Experiment(contentsOf: Golden.hypothesis("brackets", key))
        let run = try experiment.run(RunOptions(backend: backend, keepsOutputs: true, replay: path))

        #expect(run.report.samples == 256)
        for (table, rows) in zip(run.plan.tables, run.tables) {
            let expected = try #require(try golden[table.key]).integers()
            #expect(rows.map { Int64($0) } == expected, "\(table.key)")
        }
        let outputs = try #require(run.outputs?.floats).map { Double($0) }
        expectClose(outputs, try #require(try golden["logits"]).doubles(), "logits")
        expectClose(run.scrubbed.map { Double($0) }, try #require(try golden["loss"]).doubles(), "loss")
    }

    @Test("in float64", arguments: ["1a", "1b"]) func inFloat64(_ key: String) throws {
        let golden = try Npz(Golden.replay("brackets", key))
        let model = try ReferenceTransformer(folder: Golden.model("brackets"))
        let paths = DirectPaths(model, try Golden.tokens("brackets"))
        let others = try #require(try golden["output/others"]).integers()
        let claims = try ["a1.h0", "a2.h0", "a2.h1"].map { name in
            (name: name, rows: try #require(try golden[name]).integers())
        }
        let logits = try #require(try golden["logits"]).doubles().rows(of: 2)
        for replicate in 0..<64 {
            let rows = claims.map { (name: $0.name, row: Int($0.rows[replicate])) }
            // At position 0, which comes first.
            let found = paths.logits(rows, others: Int(others[replicate]))
            let distance = zip(found, logits[replicate]).map { abs($0 - $1) }.max() ?? .infinity
            #expect(distance < 1e-11, "replicate \(replicate)")
        }
    }
}
