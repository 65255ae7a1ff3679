import Scrubjay
import Testing

@Suite struct BadInputReplays {
    @Test(arguments: BadInputReplays.cases) func replay(_ input: BadInput) throws { try input.check() }

    @Test func soundReplay() throws {
        let experiment = try SmallExperiment()
        try experiment.writeReplay()
        #expect(try experiment.scrubjay(Self.run).status == 0)
    }

    private static let run = BadInput.run + ["--replay", "t.npz"]

    /// The tables with a change, by key.
    private static func tables(
        _ what: String, says message: String, _ change: @escaping @Sendable (inout [String: [Int32]]) -> Void
    ) -> BadInput {
        BadInput(what, run, says: message) { try $0.writeReplay(change) }
    }

    private static let cases: [BadInput] = [
        BadInput("no replay", run, says: "error: t.npz: no such file"),
        BadInput(
            "not an archive", run,
            says: "error: t.npz: no zip directory at the end of its 5 bytes: not an npz archive, or truncated"
        ) { try $0.folder.write("t.npz", "hello") },
        tables(
            "a table is missing",
            says: "error: t.npz: not a replay of this hypothesis: no table \"a0.h0/others\"; it holds a0.h0, "
                + "a0.h0/q, output/others, reference"
        ) { $0["a0.h0/others"] = nil },
        tables(
            "a table too many",
            says: "error: t.npz: not a replay of this hypothesis: it draws no \"a0.h1\"; it draws reference, "
                + "output/others, a0.h0, a0.h0/others, a0.h0/q"
        ) { $0["a0.h1"] = [0, 1, 2] },
        BadInput(
            "of another hypothesis", run,
            says: "error: t.npz: not a replay of this hypothesis: no table \"a0.h0/k\"; it holds a0.h0, "
                + "a0.h0/others, a0.h0/q, output/others, reference"
        ) {
            try $0.writeReplay()
            try $0.replace("q:", by: "k:", in: "h.yaml")
        },
        tables(
            "a row that does not exist",
            says: "error: t.npz: table \"output/others\" names row 6; the data have rows 0 to 5"
        ) { $0["output/others"] = [0, 6, 2] },
        tables(
            "a row below 0", says: "error: t.npz: table \"output/others\" names row -1; the data have rows 0 to 5"
        ) { $0["output/others"] = [0, -1, 2] },
        tables(
            "lengths differ",
            says: "error: t.npz: table \"output/others\" has 2 replicates, \"reference\" has 3"
        ) { $0["output/others"] = [0, 1] },
        tables("no replicates", says: "error: t.npz: table \"reference\" holds no replicate") { tables in
            for key in SmallExperiment.keys { tables[key] = [] }
        },
        tables(
            "a draw that its condition forbids",
            says: "error: t.npz: table \"a0.h0/q\" has row 3 at replicate 2, whose \"word\" differs from that of "
                + "row 2"
        ) { $0["a0.h0/q"] = [0, 1, 3] },
        BadInput("reals", run, says: "error: t.npz: array 'reference' holds float32, expected integers or booleans") {
            try $0.writeReplay(SmallExperiment.keys.map { NpzEntry($0, [1], [Float(0)]) })
        },
        BadInput(
            "two axes", run, says: "error: t.npz: table \"reference\" has sizes [1, 1], expected one axis"
        ) { try $0.writeReplay(SmallExperiment.keys.map { NpzEntry($0, [1, 1], [Int32(0)]) }) },
    ]
}
