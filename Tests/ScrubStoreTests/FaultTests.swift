import Foundation
import ScrubCore
import ScrubStore
import Testing

/// What keeps a store from being opened: what is said, whose fault it is, and that nothing is left behind.
@Suite struct FaultTests {
    private let folder: Folder
    private static let modes: [RunStore.Mode] = [.create, .write, .read]

    init() throws { folder = try Folder() }

    private func expect(
        _ error: StoreError, _ message: String, _ fault: Fault, modes: [RunStore.Mode] = modes, path: String? = nil,
        _ place: Testing.SourceLocation = #_sourceLocation
    ) {
        let before = folder.files
        for mode in modes {
            #expect(throws: error, "\(mode)", sourceLocation: place) {
                _ = try RunStore(path ?? folder.store, mode: mode)
            }
        }
        #expect("\(error)" == "\(path ?? folder.store): \(message)", sourceLocation: place)
        #expect(error.fault == fault, sourceLocation: place)
        #expect(folder.files == before, sourceLocation: place)
    }

    @Test func noDatabase() throws {
        let bytes = Data(String(repeating: "hypothesis,figure\n", count: 300).utf8)
        try bytes.write(to: URL(fileURLWithPath: folder.store))
        expect(.notAStore(folder.store, "no SQLite database"), "not a store of runs: no SQLite database", .input)
        #expect(try folder.bytes() == bytes)
    }

    @Test(arguments: ["", "PRAGMA user_version = 1;", "PRAGMA application_id = 7;"])
    func anotherProgramsDatabase(_ mark: String) throws {
        try Python.sql("CREATE TABLE notes (text); \(mark)", folder.store)
        let bytes = try folder.bytes()
        expect(
            .notAStore(folder.store, "a database of another program"),
            "not a store of runs: a database of another program", .input)
        #expect(try folder.bytes() == bytes)
    }

    @Test func aNewerStore() throws {
        _ = try RunStore(folder.store, mode: .create)
        try Python.sql("PRAGMA user_version = 9", folder.store)
        expect(
            .newer(folder.store, version: 9, known: 3),
            "a store of a newer scrubjay (format 9, this one knows up to 3): it takes that version or newer", .input)
    }

    @Test func noFile() {
        expect(.missing(folder.store), "no such store", .input, modes: [.write, .read])
    }

    @Test func noFolder() {
        let path = folder.path("none/store.db")
        expect(
            .noFolder(path), "cannot make a store: the folder does not exist", .device, modes: [.create], path: path)
    }

    @Test func aFolder() {
        expect(.isFolder(folder.path), "is a folder, expected a store", .input, path: folder.path)
    }

    /// What is left of a store whose maker was killed at once is an empty file, or one with GRDB's list of migrations alone.
    @Test(arguments: ["", "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)"])
    func aStoreThatWasNotMade(_ statement: String) throws {
        try Data().write(to: URL(fileURLWithPath: folder.store))
        if !statement.isEmpty { try Python.sql(statement, folder.store) }
        #expect(try RunStore(folder.store, mode: .read).runs().isEmpty)
        try SampleRuns.fill(RunStore(folder.store, mode: .create))
        #expect(try RunStore(folder.store, mode: .read).runs().count == 4)
    }

    @Test(.enabled(if: Privileges.canForbid, "needs root and chattr")) func aFileThatCannotBeWritten() throws {
        try SampleRuns.fill(RunStore(folder.store, mode: .create))
        try Privileges.forbid(folder.store) { () throws in
            expect(
                .readOnly(folder.store), "cannot write to the store: the file or its folder is read-only", .device,
                modes: [.create, .write])
            #expect(try RunStore(folder.store, mode: .read).stored().count == 4)
        }
    }

    @Test(.enabled(if: Privileges.canForbid, "needs root and chattr"), arguments: [false, true])
    func aFolderThatCannotBeWritten(_ isThere: Bool) throws {
        if isThere { try SampleRuns.fill(RunStore(folder.store, mode: .create)) }
        try Privileges.forbid(folder.path) { () throws in
            expect(
                .readOnly(folder.store), "cannot write to the store: the file or its folder is read-only", .device,
                modes: isThere ? [.create, .write] : [.create])
            if isThere { #expect(try RunStore(folder.store, mode: .read).stored().count == 4) }
        }
        try RunStore(folder.store, mode: .create).add([SampleRuns.asked("later")])
    }

    /// Another program that keeps the file to itself: it is waited for some seconds.
    @Test func aLockedStore() throws {
        try SampleRuns.fill(RunStore(folder.store, mode: .create))
        let script = """
            import sqlite3, sys
            c = sqlite3.connect(sys.argv[1], isolation_level=None)
            c.execute("BEGIN EXCLUSIVE")
            """
        let locked = StoreError.locked(folder.store)
        try Python.meanwhile(script, folder.store) { (_) throws in
            #expect(throws: locked) { try RunStore(folder.store, mode: .write).add([SampleRuns.asked("later")]) }
            // Readers read on.
            #expect(try RunStore(folder.store, mode: .read).stored().count == 4)
        }
        #expect("\(locked)" == "\(folder.store): the store is locked by another process: try again when it has ended")
        #expect(locked.fault == .device)
        try RunStore(folder.store, mode: .write).add([SampleRuns.asked("later")])
        #expect(try RunStore(folder.store, mode: .read).runs().count == 5)
    }

    /// In which nothing else can read either.
    @Test func aStoreThatIsKeptFromReaders() throws {
        try SampleRuns.fill(RunStore(folder.store, mode: .create))
        let script = """
            import sqlite3, sys
            c = sqlite3.connect(sys.argv[1], isolation_level=None)
            c.execute("PRAGMA locking_mode = EXCLUSIVE")
            c.execute("BEGIN EXCLUSIVE")
            """
        try Python.meanwhile(script, folder.store) { (_) throws in
            for mode in [RunStore.Mode.read, .write] {
                #expect(throws: StoreError.locked(folder.store)) {
                    _ = try RunStore(folder.store, mode: mode).runs()
                }
            }
        }
        #expect(try RunStore(folder.store, mode: .read).runs().count == 4)
    }
}

/// Files that not even root may write, where the system lets root say so.
enum Privileges {
    static let canForbid: Bool = {
        guard getuid() == 0, let folder = try? Folder() else { return false }
        return (try? forbid(folder.path) { access(folder.path, W_OK) != 0 }) ?? false
    }()

    /// Does `body` while a file or folder is immutable.
    static func forbid<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
        try run("chattr", "+i", path)
        defer { try? run("chattr", "-i", path) }
        return try body()
    }

    static func run(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.fileWriteNoPermission) }
    }
}
