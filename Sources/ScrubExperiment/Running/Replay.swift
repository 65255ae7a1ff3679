internal import Foundation
internal import ScrubCore
public import ScrubPlan

/// Index tables in a file: `.npz`, one int32 array `[replicate]` for each table under its key, holding rows of D
/// counted from 0.
public enum Replay {
    /// Reads the tables that a hypothesis draws.
    ///
    /// - Throws: `ExperimentError.replay` when one is missing, another hypothesis's is there, lengths differ or a row
    ///   is not in D.
    public static func read(_ path: String, tables: [Table], rows: Int) throws -> [[Int32]] {
        let file = try Npz(path)
        let keys = tables.map(\.key)
        if let missing = keys.first(where: { !file.names.contains($0) }) {
            throw ExperimentError.replay(
                file: path,
                "not a replay of this hypothesis: no table \"\(missing)\"; it holds \(file.names.joined(separator: ", "))"
            )
        }
        if let extra = file.names.first(where: { !keys.contains($0) && !Self.results.contains($0) }) {
            throw ExperimentError.replay(
                file: path,
                "not a replay of this hypothesis: it draws no \"\(extra)\"; it draws \(keys.joined(separator: ", "))")
        }
        var read: [[Int32]] = []
        for key in keys {
            guard let array = try file[key] else { continue }
            let values = try array.integers()
            if array.sizes == [0] {
                throw ExperimentError.replay(file: path, "table \"\(key)\" holds no replicate")
            }
            guard array.sizes.count == 1 else {
                throw ExperimentError.replay(file: path, "table \"\(key)\" has sizes \(array.sizes), expected one axis")
            }
            if let first = read.first, values.count != first.count {
                throw ExperimentError.replay(
                    file: path, "table \"\(key)\" has \(values.count) replicates, \"\(keys[0])\" has \(first.count)")
            }
            if let bad = values.first(where: { !(0..<Int64(rows)).contains($0) }) {
                throw ExperimentError.replay(
                    file: path, "table \"\(key)\" names row \(bad); the data have rows 0 to \(rows - 1)")
            }
            read.append(values.map { Int32(truncatingIfNeeded: $0) })
        }
        return read
    }

    /// Arrays that a file may hold besides, as its results: what this program and others append.
    private static let results: Set<String> = ["logits", "loss", "outputs", "scrubbed"]

    /// Writes the tables of a run and its behaviour per replicate (`scrubbed`, float32), and its
    /// `outputs` where they were kept.
    public static func write(_ run: Run, to path: String) throws {
        var arrays = zip(run.plan.tables, run.tables).map { NpzEntry($0.key, [$1.count], $1) }
        arrays.append(NpzEntry("scrubbed", [run.scrubbed.count], run.scrubbed))
        if let outputs = run.outputs { arrays.append(NpzEntry("outputs", outputs.sizes, outputs.floats ?? [])) }
        try Npz.write(arrays, to: path)
    }
}
