import Foundation
import ScrubStore
import Testing

/// The progress of what is not done.
@Suite struct ProgressTests {
    private let folder: Folder
    private let store: RunStore
    private let batch: Int64

    init() throws {
        folder = try Folder()
        store = try RunStore(folder.store, mode: .create)
        batch = try store.begin(Batch(runs: [["x"], ["y", "z"]], replicates: 4, engine: "cpu 1"))
    }

    private func chunks(seed: Int = 0) throws -> [Chunk] {
        var chunks: [Chunk] = []
        try store.chunks(ofBatch: batch, seed: seed) { chunks.append($0) }
        return chunks
    }

    private func chunk(_ start: Int, count: Int = 4, seed: Int = 0) -> Chunk {
        Chunk(
            batch: batch, seed: seed, start: start, count: count,
            bytes: (0..<200).map { UInt8(truncatingIfNeeded: $0 + start) })
    }

    private var changed: StoreError {
        .changed(
            folder.store, what: "the progress of unfinished runs, batch \(batch),",
            remedy: "DELETE FROM chunk WHERE batch = \(batch); DELETE FROM batch WHERE id = \(batch)")
    }

    @Test func batchesAreKeptUntilTheyEnd() throws {
        let second = try store.begin(Batch(runs: [["w"]], replicates: 1, engine: "cpu 2"))
        #expect(try store.batches().map(\.number) == [batch, second])
        #expect(try store.batches()[0].batch == Batch(runs: [["x"], ["y", "z"]], replicates: 4, engine: "cpu 1"))
        try store.keep(chunk(0))
        try store.end(batch)
        #expect(try store.batches().map(\.number) == [second])
        #expect(try chunks().isEmpty)
        // A number is not given twice: chunks speak of one batch for ever.
        try store.end(second)
        #expect(try store.begin(Batch(runs: [["w"]], replicates: 1, engine: "cpu 2")) == second + 1)
    }

    /// In the order of their replicates, however they were kept.
    @Test func chunksInOrder() throws {
        for start in [8, 0, 4] { try store.keep(chunk(start)) }
        try store.keep(chunk(0, count: 3, seed: 1))
        #expect(try chunks() == [chunk(0), chunk(4), chunk(8)])
        #expect(try chunks(seed: 1) == [chunk(0, count: 3, seed: 1)])
    }

    @Test func aGapIsTold() throws {
        for start in [0, 8] { try store.keep(chunk(start)) }
        var seen: [Int] = []
        #expect(throws: changed) { try store.chunks(ofBatch: batch, seed: 0) { seen.append($0.start) } }
        #expect(seen == [0])
    }

    @Test(arguments: [[0, 2], [0, 4, 5]]) func anOverlapIsTold(_ starts: [Int]) throws {
        for start in starts { try store.keep(chunk(start)) }
        #expect(throws: changed) { _ = try chunks() }
    }

    @Test(arguments: [
        "UPDATE chunk SET bytes = x'00' || substr(bytes, 2) WHERE start = 4",
        "UPDATE chunk SET bytes = x'' WHERE start = 4",
        "UPDATE chunk SET bytes = 'text' WHERE start = 4", "UPDATE chunk SET count = 'x' WHERE start = 4",
        "UPDATE chunk SET count = 3 WHERE start = 4",
        "UPDATE chunk SET count = -9223372036854775807 WHERE start = 4",
        "UPDATE chunk SET digest = 'x' WHERE start = 4",
        "UPDATE chunk SET content = 'x' WHERE start = 4", "UPDATE chunk SET seed = 1 WHERE start = 4",
    ]) func whatWasChangedIsTold(_ statement: String) throws {
        for start in [0, 4, 8] { try store.keep(chunk(start)) }
        try Python.sql(statement, folder.store)
        #expect(throws: changed) { _ = try (chunks(), chunks(seed: 1)) }
    }

    /// It is nobody's to go on with, and stands in no run's way.
    @Test(arguments: [
        "runs = '[[\"x\"]]'", "runs = 'no list'", "runs = x'00'", "replicates = 5", "replicates = 'x'",
        "engine = 'cpu 3'", "digest = 'x'",
    ]) func aBatchThatWasChangedIsNone(_ assignment: String) throws {
        try store.keep(chunk(0))
        try Python.sql("UPDATE batch SET \(assignment)", folder.store)
        let batches = try store.batches()
        #expect(batches.map(\.number) == [batch] && batches[0].batch == nil)
        #expect(try store.runs().isEmpty)
    }

    /// What is kept of a run counts while it is what was written.
    @Test(arguments: ["seed = 'x'", "count = 'x'", "content = 'x'", "digest = 'x'", "start = 8"])
    func aChunkThatWasChangedStandsInNoRunsWay(_ assignment: String) throws {
        let asked = SampleRuns.asked("a", seed: 1)
        try store.add([asked])
        let number = try store.begin(Batch(runs: [[asked.key]], replicates: 4, engine: "cpu 1"))
        try store.keep(Chunk(batch: number, seed: 0, start: 0, count: 4, bytes: [1]))
        #expect(try store.runs().map(\.state) == [.unfinished(replicates: 4)])
        #expect(try store.replicates(ofBatch: number, seeds: 1) == [0: 4])
        try Python.sql("UPDATE chunk SET \(assignment)", folder.store)
        #expect(try store.runs().map(\.state) == [.unfinished(replicates: 0)])
        #expect(throws: StoreError.self) { try store.replicates(ofBatch: number, seeds: 1) }
    }

    /// What the message advises helps.
    @Test func theRemedy() throws {
        for start in [0, 8] { try store.keep(chunk(start)) }
        try Python.sql("DELETE FROM chunk WHERE batch = \(batch); DELETE FROM batch WHERE id = \(batch)", folder.store)
        #expect(try chunks().isEmpty && store.batches().isEmpty)
    }
}
