internal import ScrubCore

/// Numpy archives: each array a column, its first axis the row.
enum NpzReader {
    static func columns(_ path: String) throws -> [Column] {
        let archive = try Npz(path)
        return try archive.names.concurrentMap { try archive[$0].map(Column.init(array:)) }.compactMap(\.self)
    }
}
