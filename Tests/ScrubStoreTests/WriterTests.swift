import Foundation
import ScrubCore
import ScrubExperiment
import ScrubPlan
import ScrubStatistics
import ScrubStore
import Testing

/// One process writes, any number read.
@Suite struct WriterTests {
    private let folder: Folder

    init() throws { folder = try Folder() }

    @Test func theSecondWriterIsToldWhoIsFirst() throws {
        let store = try RunStore(folder.store, mode: .create)
        let taken = StoreError.taken(folder.store, by: "process \(getpid())")
        #expect(throws: taken) { _ = try RunStore(folder.store, mode: .write) }
        #expect(throws: taken) { _ = try RunStore(folder.store, mode: .create) }
        #expect(
            "\(taken)"
                == "\(folder.store): the store is being written by process \(getpid()): one sweep or merge at a time")
        #expect(taken.fault == .device)
        try store.add([SampleRuns.asked("a")])
        #expect(try RunStore(folder.store, mode: .read).runs().count == 1)
    }

    @Test func aStoreHasOneLockWhateverItsName() throws {
        let store = try RunStore(folder.store, mode: .create)
        let link = "\(folder.store)-link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder.store)
        #expect(throws: StoreError.taken(link, by: "process \(getpid())")) { _ = try RunStore(link, mode: .write) }
        #expect(try store.runs().isEmpty)
    }

    /// A commit waits for the disk, which a pool of connections would not do by itself.
    @Test func commitsAreSynchronised() throws {
        for mode in [RunStore.Mode.create, .write] {
            #expect(try RunStore(folder.store, mode: mode).synchronisation() == 2)
        }
    }

    @Test func theLockEndsWithTheStore() throws {
        try RunStore(folder.store, mode: .create).add([SampleRuns.asked("a")])
        #expect(try RunStore(folder.store, mode: .write).runs().count == 1)
        // Nothing but the store and its lock is left.
        #expect(folder.files == ["store.db", "store.db-lock"])
    }

    /// A process that holds the lock and is in the middle of a transaction is killed: its lock goes, what it had not committed was
    /// never there, and what it had is.
    @Test func aKilledWriter() throws {
        let asked = try SampleRuns.fill(RunStore(folder.store, mode: .create))
        let script = """
            import fcntl, os, sqlite3, sys
            lock = open(sys.argv[1] + "-lock", "r+")
            fcntl.flock(lock, fcntl.LOCK_EX)
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
            c = sqlite3.connect(sys.argv[1], isolation_level=None)
            c.execute("INSERT INTO text VALUES ('committed', '')")
            c.execute("BEGIN IMMEDIATE")
            c.execute("PRAGMA cache_spill = 1")
            c.execute("DELETE FROM run")
            """
        try Python.meanwhile(script, folder.store) { (process) throws in
            #expect(throws: StoreError.taken(folder.store, by: "process \(process)")) {
                _ = try RunStore(folder.store, mode: .write)
            }
            #expect(try RunStore(folder.store, mode: .read).runs().count == 4)
        }
        let store = try RunStore(folder.store, mode: .write)
        #expect(try store.stored().map(\.key) == asked.map(\.key))
        let committed = try Python.run(
            "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute(\"SELECT count(*) FROM text WHERE digest = 'committed'\").fetchone()[0])",
            folder.store)
        #expect(committed == "1\n")
    }

    /// Readers see whole transactions, and neither they nor the writer wait.
    @Test func readersBesideAWriter() async throws {
        let store = try RunStore(folder.store, mode: .create)
        let runs = (0..<60).map { SampleRuns.asked("a", seed: UInt64($0)) }
        let (folder, report) = (folder, try SampleRuns.report())
        try await withThrowingTaskGroup(of: [Int].self) { group in
            for _ in 0..<3 {
                group.addTask {
                    let reader = try RunStore(folder.store, mode: .read)
                    var counts: [Int] = []
                    while counts.last != runs.count {
                        let found = try reader.stored()
                        // A run is added and finished by two transactions, three runs at a time.
                        #expect(found.count % 3 == 0)
                        #expect(found.allSatisfy { ($0.state == .done) == ($0.report != nil) })
                        counts.append(found.count { $0.state == .done })
                    }
                    return counts
                }
            }
            for start in stride(from: 0, to: runs.count, by: 3) {
                let three = runs[start..<start + 3]
                try store.add(Array(three))
                try store.finish(try three.map { try SampleRuns.finished($0, report) })
            }
            for try await counts in group { #expect(counts == counts.sorted()) }
        }
    }

    @Test func aReaderCannotWrite() throws {
        _ = try RunStore(folder.store, mode: .create)
        let reader = try RunStore(folder.store, mode: .read)
        #expect(throws: StoreError.readOnly(folder.store)) { try reader.add([SampleRuns.asked("a")]) }
    }
}
