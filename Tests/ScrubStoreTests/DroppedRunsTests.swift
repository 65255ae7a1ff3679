import ScrubStore
import Testing

/// Runs that are dropped, and runs of edited hypotheses.
@Suite struct DroppedRunsTests {
    private let folder: Folder
    private let store: RunStore

    init() throws {
        folder = try Folder()
        store = try RunStore(folder.store, mode: .create)
    }

    @Test func runsThatSayTheSameOfThemselvesAreMarked() throws {
        let runs = [SampleRuns.asked("a"), SampleRuns.asked("a", seed: 1), SampleRuns.asked("b")]
        try store.add(runs)
        #expect(RunLine.marks(of: try store.runs()) == [nil, nil, nil])
        #expect(try !store.markdown().contains("key"))
        try store.finish([SampleRuns.finished(runs[0])])
        var edited = runs[0]
        edited.key = "edited: another text"
        edited.statement.text += "# edited\n"
        try store.add([edited])
        #expect(RunLine.marks(of: try store.runs()) == ["key of a", nil, nil, "edited: "])
        #expect(try store.markdown().contains("| a.yaml | key of a |"))
    }

    @Test func nothingIsLeftOfWhatIsDropped() throws {
        let runs = try SampleRuns.fill(store)
        let texts = {
            try Python.run(
                """
                import sqlite3, sys
                c = sqlite3.connect(sys.argv[1])
                print([c.execute(f'SELECT count(*) FROM {t}').fetchone()[0] for t in ['run', 'report', 'parameter', 'text', 'batch', 'chunk']])
                print(c.execute('SELECT count(*) FROM figure').fetchone()[0] > 0)
                """, folder.store)
        }
        #expect(try texts() == "[4, 1, 2, 5, 1, 3]\nTrue\n")
        try store.drop([runs[0].key, "no key"])
        #expect(try texts() == "[3, 0, 0, 3, 1, 3]\nFalse\n")
        try store.drop([runs[2].key])
        #expect(try texts() == "[2, 0, 0, 2, 0, 0]\nFalse\n")
        #expect(try store.runs().map(\.key) == [runs[1].key, runs[3].key])
    }
}
