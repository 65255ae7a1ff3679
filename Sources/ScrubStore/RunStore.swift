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
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        if isFolder.boolValue { throw StoreError.isFolder(path) }
        if mode != .create && !isThere { throw StoreError.missing(path) }
        if mode == .read {
            lock = nil
            (database, copy) = try Self.reading(path)
            return
        }
        try Self.requireWriting(path, isThere: isThere)
        // What is no store is told before anything is written beside it or into it.
        if isThere { _ = try Self.opened(path) }
        lock = try StoreLock(of: path)
        copy = nil
        database = try StoreError.mapped(path) {
            let pool = try DatabasePool(path: path, configuration: Self.configuration)
            try pool.read { database in
                try Self.check(database, path)
                let found = try String.fetchAll(database, sql: "PRAGMA quick_check(1)")
                if found != ["ok"] { throw StoreError.corrupt(path, found.first ?? "it cannot be checked") }
            }
            try Schema.migrator.migrate(pool)
            // A pool sets less than this when it turns to write-ahead mode.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            return pool
        }
    }

    /// SQLite's `synchronous` of whoever writes: 2, by which a commit waits for the disk.
    package func synchronisation() throws -> Int? {
        try StoreError.mapped(path) {
            try database.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
        }
    }

    /// SQLite opens a file that it may not write as one to read, and the first run would be lost.
    private static func requireWriting(_ path: String, isThere: Bool) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw StoreError.noFolder(path)
        }
        guard access(folder, W_OK) == 0, !isThere || access(path, W_OK) == 0 else { throw StoreError.readOnly(path) }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(patience)
        return configuration
    }

    /// In its place where it has today's tables; otherwise a copy, which may be migrated.
    private static func reading(_ path: String) throws -> (any DatabaseWriter, StoreCopy?) {
        if let (queue, isOfToday) = try opened(path), isOfToday { return (queue, nil) }
        return try StoreError.mapped(path) {
            let copy = try StoreCopy(of: path)
            let queue = try DatabaseQueue(path: copy.path, configuration: configuration)
            try queue.read { try check($0, path) }
            try Schema.migrator.migrate(queue)
            return (queue, copy)
        }
    }

    /// A store, to read, and whether it has today's tables; nil where it is in write-ahead mode in a folder that cannot be
    /// written, and SQLite cannot open it there.
    private static func opened(_ path: String) throws -> (DatabaseQueue, isOfToday: Bool)? {
        var configuration = configuration
        // Where it may, SQLite takes away with the last reader what readers have put beside the file.
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        configuration.readonly = access(path, W_OK) != 0 || access(folder, W_OK) != 0
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            return try queue.read { database in
                try check(database, path)
                return (queue, try Schema.migrator.hasCompletedMigrations(database))
            }
        } catch let error as DatabaseError where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode) {
            return nil
        } catch {
            throw StoreError(error, path)
        }
    }

    /// Whether it is a store, and one that this version knows.
    private static func check(_ database: Database, _ path: String) throws {
        let mark = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        // An empty file, or a list of no migrations, is what a process leaves that ended as it made a store.
        let tables = try Int.fetchOne(
            database, sql: "SELECT count(*) FROM sqlite_master WHERE tbl_name != 'grdb_migrations'")
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
