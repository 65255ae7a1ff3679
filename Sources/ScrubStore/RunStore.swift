internal import Foundation
internal import GRDB

/// Runs that were asked for, what became of them, and how far those are that are not done: one SQLite file, which any tool can
/// query while it is written. docs/store.md describes its tables.
///
/// What a method has written when it returns survives the process and the machine: the file is in write-ahead mode and
/// synchronised at every commit.
public final class RunStore: Sendable {
    public enum Mode: Sendable {
        /// To write; made where there is none.
        case create
        /// To write, where there is one.
        case write
        /// To read, alone and beside whoever writes.
        case read
    }

    public let path: String
    let database: any DatabaseWriter
    private let lock: StoreLock?
    /// Where a store that cannot be read in its place is copied to.
    private let copy: StoreCopy?

    /// Seconds that are waited for another process's transaction.
    private static let patience = 5.0

    /// - Parameters:
    ///   - path: of the file.
    ///   - mode: what for.
    /// - Throws: `StoreError`.
    public init(_ path: String, mode: Mode) throws {
        self.path = path
        let isThere = FileManager.default.fileExists(atPath: path)
        if mode != .create && !isThere { throw StoreError.missing(path) }
        if mode == .read {
            lock = nil
            (database, copy) = try Self.reading(path)
            return
        }
        lock = try StoreLock(of: path)
        copy = nil
        database = try StoreError.mapped(path) {
            let pool = try DatabasePool(path: path, configuration: Self.configuration)
            try pool.read { try Self.check($0, path, isNew: !isThere) }
            try pool.read { database in
                let found = try String.fetchAll(database, sql: "PRAGMA quick_check(1)")
                if found != ["ok"] { throw StoreError.corrupt(path, found.first ?? "it cannot be checked") }
            }
            try Schema.migrator.migrate(pool)
            return pool
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(patience)
        configuration.prepareDatabase { database in
            if !database.configuration.readonly { try database.execute(sql: "PRAGMA synchronous = FULL") }
        }
        return configuration
    }

    /// In its place where it has today's tables; otherwise a copy, which may be migrated.
    private static func reading(_ path: String) throws -> (any DatabaseWriter, StoreCopy?) {
        var configuration = configuration
        configuration.readonly = true
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            let isOfToday = try queue.read { database in
                try check(database, path, isNew: false)
                return try Schema.migrator.hasCompletedMigrations(database)
            }
            if isOfToday { return (queue, nil) }
        } catch let error as DatabaseError where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode) {
            // A store in write-ahead mode cannot be opened where its folder cannot be written.
        } catch {
            throw StoreError(error, path)
        }
        return try StoreError.mapped(path) {
            let copy = try StoreCopy(of: path)
            let queue = try DatabaseQueue(path: copy.path, configuration: Self.configuration)
            try queue.read { try check($0, path, isNew: false) }
            try Schema.migrator.migrate(queue)
            return (queue, copy)
        }
    }

    /// Whether it is a store, and one that this version knows.
    private static func check(_ database: Database, _ path: String, isNew: Bool) throws {
        let mark = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        // An empty file is what a process leaves that ended as it made one.
        if tables == 0 && mark == 0 && version == 0 { return }
        guard mark == Schema.applicationID else {
            throw StoreError.notAStore(path, "a database of another program")
        }
        guard version <= Schema.migrations.count else {
            throw StoreError.newer(path, version: version, known: Schema.migrations.count)
        }
    }

    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try StoreError.mapped(path) { try database.read(body) }
    }

    func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
        if lock == nil { throw StoreError.readOnly(path) }
        return try StoreError.mapped(path) { try database.write(body) }
    }
}

/// A store's file in a folder of its own, gone with the last reference.
final class StoreCopy: Sendable {
    let path: String
    private let folder: URL

    init(of store: String) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "scrubjay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.appending(path: "store.db").path
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: store + suffix) {
            try FileManager.default.copyItem(atPath: store + suffix, toPath: path + suffix)
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
}

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
        guard let error = error as? DatabaseError else {
            self = .failed(path, "\(error)")
            return
        }
        let text = error.message ?? "\(error.resultCode)"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked(path)
        case .SQLITE_FULL: self = .full(path)
        case .SQLITE_CORRUPT: self = .corrupt(path, text)
        case .SQLITE_NOTADB: self = .notAStore(path, "no SQLite database")
        case .SQLITE_READONLY, .SQLITE_PERM: self = .readOnly(path)
        case .SQLITE_CANTOPEN:
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            self = FileManager.default.fileExists(atPath: folder) ? .cannotOpen(path, text) : .noFolder(path)
        default: self = .failed(path, text)
        }
    }
}
