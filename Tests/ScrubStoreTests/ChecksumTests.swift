import Foundation
import ScrubCore
import ScrubExperiment
import ScrubPlan
import ScrubStatistics
import ScrubStore
import Testing

/// What another program or a damaged page changed is told, never shown.
@Suite struct ChecksumTests {
    private let folder: Folder
    private let asked: [AskedRun]

    init() throws {
        folder = try Folder()
        asked = try SampleRuns.fill(RunStore(folder.store, mode: .create))
    }

    private func changed(_ what: String, run: Int) -> StoreError {
        .changed(
            folder.store, what: "\(what), of run \(run),",
            remedy: "PRAGMA foreign_keys = ON; DELETE FROM run WHERE id = \(run)")
    }

    @Test(arguments: [
        "scrubbed = scrubbed + 1e-9", "recovered = 0.99", "recovered_low = NULL", "trusted = 1 - trusted", "seed = 5",
        "seed = '5'", "seed = -1", "seed = x'ff'", "samples = 'many'", "state = 'failed'", "state = 'asked'",
        "seconds = 7", "finished = '2001-01-01T00:00:00Z'", "hypothesis = 'other.yaml'", "device = 'better'",
        "seal = ''",
        "seal = NULL", "statement = '{}'", "command = ''", "digest = 'x'",
    ]) func aChangedRow(_ assignment: String) throws {
        try Python.sql("UPDATE run SET \(assignment) WHERE id = 1", folder.store)
        let store = try RunStore(folder.store, mode: .read)
        let error = changed("what it lists", run: 1)
        #expect(throws: error) { _ = try store.runs() }
        #expect(throws: error) { _ = try store.stored() }
        #expect(throws: error) { _ = try store.states(of: [asked[0].key]) }
    }

    @Test(arguments: [
        "UPDATE parameter SET value = 'a1.h0' WHERE name = 'head'", "DELETE FROM parameter WHERE name = 'head'",
        "UPDATE parameter SET value = x'fe' WHERE name = 'head'", "INSERT INTO parameter VALUES (1, 'more', '')",
    ]) func changedParameters(_ statement: String) throws {
        try Python.sql(statement, folder.store)
        let store = try RunStore(folder.store, mode: .read)
        #expect(throws: StoreError.self) { _ = try store.runs() }
    }

    @Test(arguments: [
        "UPDATE report SET json = replace(json, '0.', '1.')", "UPDATE report SET json = ''", "DELETE FROM report",
    ]) func aChangedReport(_ statement: String) throws {
        try Python.sql(statement, folder.store)
        let store = try RunStore(folder.store, mode: .read)
        #expect(throws: changed("its report", run: 1)) { _ = try store.stored() }
        // A list does not read it, and what it lists is right.
        #expect(try store.runs().first?.figures?.scrubbed == SampleRuns.report().figures[0].scrubbed.mean)
    }

    @Test(arguments: ["UPDATE text SET content = content || ' '", "DELETE FROM text"])
    func aChangedText(_ statement: String) throws {
        try Python.sql(statement, folder.store)
        let store = try RunStore(folder.store, mode: .read)
        #expect(throws: changed("its hypothesis or its drawing", run: 1)) { _ = try store.stored() }
    }

    /// A run that is lost from the table alone, and one that is lost from an index.
    @Test func aLostRow() throws {
        try Python.run(
            """
            import sqlite3, sys
            c = sqlite3.connect(sys.argv[1])
            c.execute("PRAGMA writable_schema = ON")
            saved = c.execute("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master WHERE name = 'run_state'").fetchone()
            c.execute("DELETE FROM sqlite_master WHERE name = 'run_state'")
            c.commit()
            c.close()
            c = sqlite3.connect(sys.argv[1])
            c.execute("DELETE FROM run WHERE id = 4")
            c.execute("PRAGMA writable_schema = ON")
            c.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", saved)
            c.commit()
            """, folder.store)
        let store = try RunStore(folder.store, mode: .read)
        let error = StoreError.corrupt(folder.store, "runs are missing that an index has")
        #expect(throws: error) { _ = try store.runs() }
        #expect(throws: error) { _ = try store.runs(RunFilter(state: .done)) }
        #expect(throws: error) { _ = try store.stored() }
    }

    /// The advice of the message makes the store whole again.
    @Test func theRemedy() throws {
        try Python.sql("UPDATE run SET recovered = 1 WHERE id = 1", folder.store)
        guard case .changed(_, _, let remedy) = changed("", run: 1) else { return }
        try Python.sql(remedy, folder.store)
        let store = try RunStore(folder.store, mode: .write)
        #expect(try store.runs().map(\.hypothesis) == ["b.yaml", "c.yaml", "d.yaml"])
        try store.add([asked[0]])
        try store.finish([SampleRuns.finished(asked[0])])
        #expect(try store.stored().last?.report == (try SampleRuns.report(seed: .max)))
    }
}
