internal import Foundation
internal import GRDB
internal import ScrubCore

/// How rows of `batch` and `chunk` are read and sealed.
enum Progress {
    static func digest(runs: String, replicates: Int, engine: String) -> String {
        checksum([runs, "\(replicates)", engine])
    }

    /// - Parameters:
    ///   - chunk: whose place it is.
    ///   - content: digest of its bytes.
    static func digest(of chunk: Chunk, content: String) -> String {
        checksum(["\(chunk.batch)", "\(chunk.seed)", "\(chunk.start)", "\(chunk.count)", content])
    }

    static func content(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes { Digest($0).description } }

    /// Every batch; nil for one that is not what was written.
    static func batches(_ database: Database) throws -> [(number: Int64, batch: Batch?)] {
        let rows = try Row.fetchCursor(
            database, sql: "SELECT id, runs, replicates, engine, digest FROM batch ORDER BY id")
        var batches: [(number: Int64, batch: Batch?)] = []
        while let row = try rows.next() {
            var cells = Cells(row)
            batches.append((try cells.next(), try? batch(&cells)))
        }
        return batches
    }

    private static func batch(_ cells: inout Cells) throws -> Batch? {
        let (text, replicates, engine): (String, Int, String) = (try cells.next(), try cells.next(), try cells.next())
        guard try cells.next() == digest(runs: text, replicates: replicates, engine: engine) else { return nil }
        let runs = try JSONDecoder().decode([[String]].self, from: Data(text.utf8))
        return Batch(runs: runs, replicates: replicates, engine: engine)
    }

    /// By key, the replicates that are kept of runs that are not done. What is not as it was written is not gone on with, and so
    /// counts as nothing.
    static func replicates(_ database: Database, _ path: String) throws -> [String: Int] {
        var kept: [String: Int] = [:]
        for case (let number, let batch?) in try batches(database) {
            do {
                for (seed, count) in try replicates(of: number, seeds: batch.runs.count, database, path) {
                    for key in batch.runs[seed] { kept[key, default: 0] += count }
                }
            } catch StoreError.changed {}
        }
        return kept
    }

    /// By seed, the replicates that are kept of a batch.
    ///
    /// - Throws: `StoreError.changed`.
    static func replicates(
        of number: Int64, seeds: Int, _ database: Database, _ path: String
    ) throws -> [Int: Int] {
        var counts: [Int: Int] = [:]
        let rows = try Row.fetchCursor(
            database, sql: "SELECT seed, start, count, content, digest FROM chunk WHERE batch = ?", arguments: [number])
        while let row = try rows.next() {
            var cells = Cells(row)
            let (chunk, _) = try chunk(&cells, of: number, path)
            guard (0..<seeds).contains(chunk.seed) else { throw StoreError.changed(path, batch: number) }
            counts[chunk.seed, default: 0] += chunk.count
        }
        return counts
    }

    /// A chunk without its bytes, and the digest of these.
    ///
    /// - Parameters:
    ///   - cells: `seed, start, count, content, digest`; what comes after them is left to be taken.
    ///   - number: of the batch.
    ///   - path: of the store.
    /// - Throws: `StoreError.changed`.
    static func chunk(_ cells: inout Cells, of number: Int64, _ path: String) throws -> (Chunk, content: String) {
        do {
            let (seed, start): (Int, Int) = (try cells.next(), try cells.next())
            let chunk = Chunk(batch: number, seed: seed, start: start, count: try cells.next(), bytes: [])
            let content: String = try cells.next()
            if try cells.next() == digest(of: chunk, content: content), chunk.count > 0 { return (chunk, content) }
        } catch is Cells.Unreadable {}
        throw StoreError.changed(path, batch: number)
    }
}
