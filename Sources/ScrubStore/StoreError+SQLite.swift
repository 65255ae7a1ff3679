internal import Foundation
internal import GRDB

extension StoreError {
    /// What `body` makes; what SQLite says of its failure in words.
    static func mapped<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
        do { return try body() } catch { throw StoreError(error, path) }
    }

    init(_ error: any Error, _ path: String) {
        if let own = error as? StoreError {
            self = own
            return
        }
        // Every statement is right on a sound store.
        if error is Cells.Unreadable || error is RowDecodingError {
            self = .corrupt(path, "a value is of another type than was written")
            return
        }
        guard let error = error as? DatabaseError else {
            self = .failed(path, "\(error)")
            return
        }
        let text = error.message ?? "\(error.resultCode)"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked(path)
        case .SQLITE_FULL: self = .full(path)
        // Of its shared memory SQLite does not say that the disk is full.
        case .SQLITE_IOERR where Self.isFull(path): self = .full(path)
        case .SQLITE_CORRUPT, .SQLITE_ERROR, .SQLITE_CONSTRAINT, .SQLITE_MISMATCH: self = .corrupt(path, text)
        case .SQLITE_NOTADB: self = .notAStore(path, "no SQLite database")
        case .SQLITE_READONLY, .SQLITE_PERM: self = .readOnly(path)
        case .SQLITE_CANTOPEN:
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            self = FileManager.default.fileExists(atPath: folder) ? .cannotOpen(path, text) : .noFolder(path)
        default: self = .failed(path, text)
        }
    }

    /// Whether the file system has less than SQLite's shared memory takes.
    private static func isFull(_ path: String) -> Bool {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        var status = statvfs()
        return statvfs(folder, &status) == 0 && UInt64(status.f_bavail) * UInt64(status.f_frsize) < 65_536
    }
}
