internal import Foundation
internal import GRDB

/// Progress: chunks of batches.
extension RunStore {
    /// Notes that runs begin together.
    ///
    /// - Parameter batch: the runs.
    /// - Returns: the batch's number, of which chunks speak.
    public func begin(_ batch: Batch) throws -> Int64 {
        let runs = String(decoding: try JSONEncoder().encode(batch.runs), as: UTF8.self)
        let digest = Progress.digest(runs: runs, replicates: batch.replicates, engine: batch.engine)
        return try write { database in
            try database.execute(
                sql: "INSERT INTO batch (runs, replicates, engine, digest) VALUES (?, ?, ?, ?)",
                arguments: [runs, batch.replicates, batch.engine, digest])
            return database.lastInsertedRowID
        }
    }

    /// Those that were begun and not ended; nil for one that is not what was written, with which nobody can go on.
    public func batches() throws -> [(number: Int64, batch: Batch?)] {
        try read { try Progress.batches($0) }
    }

    /// By seed's place, the replicates that are kept of a batch.
    ///
    /// - Parameters:
    ///   - number: of the batch.
    ///   - seeds: how many it has.
    /// - Throws: `StoreError.changed` where a chunk is not what was written; its bytes are not looked at.
    public func replicates(ofBatch number: Int64, seeds: Int) throws -> [Int: Int] {
        try read { try Progress.replicates(of: number, seeds: seeds, $0, path) }
    }

    /// Keeps a chunk.
    ///
    /// - Parameter chunk: of a batch that was begun.
    public func keep(_ chunk: Chunk) throws {
        let content = Progress.content(chunk.bytes)
        try write { database in
            try database.execute(
                sql: """
                    INSERT INTO chunk (batch, seed, start, count, content, digest, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    chunk.batch, chunk.seed, chunk.start, chunk.count, content,
                    Progress.digest(of: chunk, content: content), Data(chunk.bytes),
                ])
        }
    }

    /// Gives the chunks of a batch under one seed in the order of their replicates, one at a time.
    ///
    /// - Parameters:
    ///   - number: of the batch.
    ///   - seed: its place in the batch.
    ///   - body: what is done with each.
    /// - Throws: `StoreError.changed` where one is missing or is not what was written; what `body` throws.
    public func chunks(ofBatch number: Int64, seed: Int, _ body: (Chunk) throws -> Void) throws {
        var (next, last) = (0, -1)
        while let chunk = try chunk(number, seed, after: last) {
            guard chunk.start == next else { throw StoreError.changed(path, batch: number) }
            try body(chunk)
            (next, last) = (chunk.start + chunk.count, chunk.start)
        }
    }

    private func chunk(_ number: Int64, _ seed: Int, after start: Int) throws -> Chunk? {
        try read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT seed, start, count, content, digest, bytes FROM chunk
                    WHERE batch = ? AND seed = ? AND start > ? ORDER BY start LIMIT 1
                    """, arguments: [number, seed, start])
            return try row.map { row in
                var cells = Cells(row)
                var (chunk, content) = try Progress.chunk(&cells, of: number, path)
                chunk.bytes = (try? cells.next(Data.self)).map(Array.init) ?? []
                guard Progress.content(chunk.bytes) == content else { throw StoreError.changed(path, batch: number) }
                return chunk
            }
        }
    }

    /// Drops a batch and the chunks that it has.
    ///
    /// - Parameter batch: its number.
    public func end(_ batch: Int64) throws {
        try write { try Self.end(batch, $0) }
    }

    static func end(_ batch: Int64, _ database: Database) throws {
        try database.execute(sql: "DELETE FROM chunk WHERE batch = ?", arguments: [batch])
        try database.execute(sql: "DELETE FROM batch WHERE id = ?", arguments: [batch])
    }
}
