import Foundation
import Scrubjay
import Testing

/// Any run of a sweep can be repeated by hand.
@Suite struct RepeatedRunTests {
    private static let sweep = """
        hypotheses: [p.yaml]
        parameters: {head: 1, feature: "word = 'a'"}
        models: [model 2]
        datasets: [two.jsonl]
        others: [each]
        ablations: ["mean:label < 2"]
        seeds: [3]
        samples: 200
        by: ["word, label"]
        """

    private let place: SmallExperiment

    init() throws {
        place = try SmallExperiment()
        let written = SmallExperiment.hypothesis.replacing("a0.h0", with: "a0.h${head}")
            .replacing("{same: word}", with: "{same: \"${feature}\"}").replacing("  others: random\n", with: "")
        try place.folder.write("p.yaml", written)
        try place.folder.write("s.yaml", Self.sweep)
        try place.folder.write("two.jsonl", SmallExperiment.data + SmallExperiment.data)
        try place.folder.makeFolder("model 2")
        for name in ["config.json", "weights.safetensors"] {
            try place.folder.write("model 2/\(name)", place.folder.bytes("model/\(name)"))
        }
    }

    /// The command, run by a shell, gives the figures that the library gives the run.
    @Test func theCommandGivesTheFigures() throws {
        let runs = try Sweep.read(place.folder.path("s.yaml")).runs()
        #expect(runs.count == 1)
        let run = try #require(runs.first)
        let statement = run.statement
        let ablation = try #require(Ablation(statement.ablation))
        let expected = try Experiment(run.hypothesis.get()).run(
            RunOptions(
                samples: statement.samples, seed: statement.seed, backend: .cpu, ablation: ablation,
                groupings: statement.groupings)
        ).report

        let shell = try DocsShell()
        let (status, lines) = try shell.run("\(statement.command) --json $TMPDIR/out.json --quiet")
        try #require(status == 0, "\(statement.command)\n\(lines)")
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
        let report = try decoder.decode(Report.self, from: Data(shell.folder.bytes("out.json")))
        #expect(report.figures == expected.figures)
        #expect(report.seed == 3 && report.samples == 200 && report.others == "each")
        let parts = ["--set head=1", "--model '\(place.folder.path)/model 2'", "--others each --seed 3 --samples 200"]
        for part in parts { #expect(statement.command.contains(part)) }
    }

    /// What stands in for the model and the data is what is read, and is told by its flag where it is not there.
    @Test(arguments: ["run", "plan", "explain"]) func everyCommandTakesThem(_ command: String) throws {
        let given = ["--set", "head=0", "--set", "feature=word", "--backend", "cpu", "--samples", "20"]
        let base = [command, "p.yaml"] + given
        #expect(try place.scrubjay(base).status == 0)
        try place.folder.remove("data.jsonl")
        try place.folder.remove("model/config.json")
        #expect(try place.scrubjay(base).status == 2)
        #expect(try place.scrubjay(base + ["--model", "model 2", "--data", "two.jsonl"]).status == 0)
        let missing = try place.scrubjay(base + ["--model", "nope", "--data", "two.jsonl"])
        #expect(missing.errors == "error: --model: the model 'nope': no such folder\n")
        #expect(missing.status == 2)
    }
}

extension String {
    fileprivate func replacing(_ old: String, with new: String) -> String {
        components(separatedBy: old).joined(separator: new)
    }
}
