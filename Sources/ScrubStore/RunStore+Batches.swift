internal import Foundation
internal import GRDB
internal import ScrubCore

/// Progress: chunks of batches.
extension RunStore {
    /// Notes that runs begin together.
    ///
    /// - Returns: the batch's number, of which chunks speak.
    public func begin(_ batch: Batch) throws -> Int64 {
        let runs = String(decoding: try JSONEncoder().encode(batch.runs), as: UTF8.self)
        return try write { database in
            try database.execute(
                sql: "INSERT INTO batch (runs, replicates, engine) VALUES (?, ?, ?)",
                arguments: [runs, batch.replicates, batch.engine])
            return database.lastInsertedRowID
        }
    }

    /// Those that were begun and not ended.
    public func batches() throws -> [(number: Int64, batch: Batch)] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM batch ORDER BY id").map { row in
                let text: String = row["runs"]
                guard let runs = try? JSONDecoder().decode([[String]].self, from: Data(text.utf8)) else {
                    throw StoreError.corrupt(path, "the runs of an unfinished batch cannot be read")
                }
                return (row["id"], Batch(runs: runs, replicates: row["replicates"], engine: row["engine"]))
            }
        }
    }

    /// Keeps a chunk.
    public func keep(_ chunk: Chunk) throws {
        try write { database in
            try database.execute(
                sql: "INSERT INTO chunk (batch, seed, start, count, bytes, digest) VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [
                    chunk.batch, chunk.seed, chunk.start, chunk.count, Data(chunk.bytes), Self.digest(chunk.bytes),
                ])
        }
    }

    /// Gives the chunks of a batch under one seed in the order of their replicates, one at a time.
    ///
    /// - Throws: `StoreError.corrupt` where one is missing or was damaged; what `body` throws.
    public func chunks(ofBatch number: Int64, seed: Int, _ body: (Chunk) throws -> Void) throws {
        var next = 0
        while let chunk = try chunk(number, seed, after: next) {
            guard chunk.start == next else {
                throw StoreError.corrupt(path, "progress from replicate \(next) on is missing")
            }
            try body(chunk)
            next = chunk.start + chunk.count
        }
    }

    private func chunk(_ number: Int64, _ seed: Int, after start: Int) throws -> Chunk? {
        try read { database in
            let row = try Row.fetchOne(
                database,
                sql: "SELECT * FROM chunk WHERE batch = ? AND seed = ? AND start >= ? ORDER BY start LIMIT 1",
                arguments: [number, seed, start])
            return try row.map { row in
                let data: Data = row["bytes"]
                let (bytes, count): ([UInt8], Int) = (Array(data), row["count"])
                guard count > 0, Self.digest(bytes) == row["digest"] as String else {
                    throw StoreError.corrupt(path, "progress from replicate \(row["start"] as Int) on was changed")
                }
                return Chunk(batch: number, seed: seed, start: row["start"], count: count, bytes: bytes)
            }
        }
    }

    /// Drops a batch and the chunks that it has.
    public func end(_ batch: Int64) throws {
        try write { database in
            try database.execute(sql: "DELETE FROM chunk WHERE batch = ?", arguments: [batch])
            try database.execute(sql: "DELETE FROM batch WHERE id = ?", arguments: [batch])
        }
    }

    private static func digest(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes { Digest($0).description } }
}
