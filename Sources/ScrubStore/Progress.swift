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

    static func batches(_ database: Database, _ path: String) throws -> [(number: Int64, batch: Batch)] {
        let rows = try Row.fetchCursor(
            database, sql: "SELECT id, runs, replicates, engine, digest FROM batch ORDER BY id")
        var batches: [(number: Int64, batch: Batch)] = []
        while let row = try rows.next() {
            var cells = Cells(row)
            let (number, text): (Int64, String) = (try cells.next(), try cells.next())
            let (replicates, engine): (Int, String) = (try cells.next(), try cells.next())
            guard try cells.next() == digest(runs: text, replicates: replicates, engine: engine),
                let runs = try? JSONDecoder().decode([[String]].self, from: Data(text.utf8))
            else { throw StoreError.changed(path, batch: number) }
            batches.append((number, Batch(runs: runs, replicates: replicates, engine: engine)))
        }
        return batches
    }

    /// By key, the replicates that are kept of runs that are not done.
    static func replicates(_ database: Database, _ path: String) throws -> [String: Int] {
        var kept: [String: Int] = [:]
        for (number, batch) in try batches(database, path) {
            let rows = try Row.fetchCursor(
                database, sql: "SELECT seed, start, count, content, digest FROM chunk WHERE batch = ?",
                arguments: [number])
            while let row = try rows.next() {
                var cells = Cells(row)
                let (chunk, _) = try chunk(&cells, of: number, path)
                guard batch.runs.indices.contains(chunk.seed) else { throw StoreError.changed(path, batch: number) }
                for key in batch.runs[chunk.seed] { kept[key, default: 0] += chunk.count }
            }
        }
        return kept
    }

    /// A chunk without its bytes, and the digest of these.
    ///
    /// - Parameters:
    ///   - cells: `seed, start, count, content, digest`; what comes after them is left to be taken.
    ///   - number: of the batch.
    ///   - path: of the store.
    /// - Throws: `StoreError.changed`.
    static func chunk(_ cells: inout Cells, of number: Int64, _ path: String) throws -> (Chunk, content: String) {
        let (seed, start): (Int, Int) = (try cells.next(), try cells.next())
        let chunk = Chunk(batch: number, seed: seed, start: start, count: try cells.next(), bytes: [])
        let content: String = try cells.next()
        guard try cells.next() == digest(of: chunk, content: content), chunk.count > 0 else {
            throw StoreError.changed(path, batch: number)
        }
        return (chunk, content)
    }
}
