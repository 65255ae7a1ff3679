import Foundation
import ScrubExperiment
import ScrubHypothesis
import ScrubStore

/// A sweep such as people make, run once for all tests: the hypotheses on the brackets model under several policies and
/// seeds, each head of that model left out in turn, and a run that cannot be read.
///
/// With `SCRUBJAY_SAMPLE_PAGES=FOLDER` in the environment its page, and those of other tests, are kept there to be looked
/// at.
enum SampleSweep {
    static let runs = Result { try brackets() + heads() + [failed] }

    /// Of the repository.
    static let root =
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path + "/"

    private static let folder = "Benchmarks/brackets/"

    /// Four hypotheses; those that leave inputs unclaimed under three policies; five seeds.
    private static func brackets() throws -> [StoredRun] {
        var statements: [RunStatement] = []
        for name in ["0a", "0b", "1a", "1b"] {
            let text = try String(contentsOfFile: root + folder + name + ".yaml", encoding: .utf8)
            let policies = text.contains("others: random") ? ["random", "each", "exact"] : [nil]
            for others in policies {
                let stated = text.replacing("others: random", with: "others: \(others ?? "random")")
                for seed in 0..<5 {
                    statements.append(
                        RunStatement(
                            hypothesis: folder + name + ".yaml", text: stated, others: others, seed: UInt64(seed),
                            samples: 400, groupings: ["balanced"],
                            attribution: name == "1b" && seed == 0 && others == "random"))
                }
            }
        }
        return try run(statements)
    }

    private static let headText = """
        # One head is left to chance, and everything else is as it is
        model: model/
        data: parens.npz
        behaviour: {loss: binary_cross_entropy, at: 0, label: balanced}
        interpretation:
          same: exact
          inputs:
            a${layer}.h${head}: {same: any, paths: all}
          others: exact

        """

    private static func heads() throws -> [StoredRun] {
        try run(
            (0..<6).map { place in
                let (layer, head) = (place / 2, place % 2)
                return RunStatement(
                    hypothesis: folder + "one-head.yaml",
                    text: headText.replacing("${layer}", with: "\(layer)").replacing("${head}", with: "\(head)"),
                    parameters: ["layer": "\(layer)", "head": "\(head)"], samples: 400)
            })
    }

    private static let failed = StoredRun(
        key: "failed",
        statement: RunStatement(hypothesis: folder + "2a.yaml", text: "interpretation: {}\n", samples: 400),
        state: .failed(message: "2a.yaml:1: no model is named, expected 'model: FOLDER'", isInput: true),
        command: "scrubjay run Benchmarks/brackets/2a.yaml --samples 400 --seed 0")

    /// Statements of one seed share a plan.
    private static func run(_ statements: [RunStatement]) throws -> [StoredRun] {
        var reader = ExperimentReader()
        var done: [RunStatement: StoredRun] = [:]
        for (seed, statements) in Dictionary(grouping: statements, by: \.seed) {
            let experiments = try statements.map {
                try reader.experiment(HypothesisFile.parse($0.text, file: root + $0.hypothesis))
            }
            var options = RunOptions(samples: 400, seed: seed, backend: .cpu)
            options.groupings = ["balanced"]
            var left = zip(statements, experiments).map { $0 }[...]
            try Experiment.run(experiments, options) { runs in
                for (var run, (statement, experiment)) in zip(runs, left) {
                    if statement.attribution { run.report.attribution = try experiment.attribution(of: run, options) }
                    done[statement] = stored(statement, run.report, experiment)
                }
                left = left.dropFirst(runs.count)
            }
        }
        return statements.compactMap { done[$0] }
    }

    private static func stored(_ statement: RunStatement, _ report: Report, _ experiment: Experiment) -> StoredRun {
        var report = report
        report.hypothesis = statement.hypothesis
        report.others = statement.others
        report.provenance.files = Dictionary(
            report.provenance.files.map { ($0.key.replacing(root, with: ""), $0.value) }
        ) { first, _ in first }
        let others = statement.others.map { " --others \($0)" } ?? ""
        return StoredRun(
            key:
                "\(statement.hypothesis) \(statement.parameters.sorted { $0.key < $1.key }.map(\.value).joined(separator: ".")) \(others) \(statement.seed)",
            statement: statement,
            state: .done, report: report, tree: experiment.treeDOT,
            command:
                "scrubjay run \(statement.hypothesis) --samples \(statement.samples) --seed \(statement.seed)\(others)",
            finished: Date(timeIntervalSince1970: 1_800_000_000), seconds: 0.25)
    }

    /// Writes a page where somebody wants to look at it.
    static func keep(_ html: String, _ name: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["SCRUBJAY_SAMPLE_PAGES"] else { return }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(html.utf8).write(to: URL(filePath: folder).appending(path: name))
    }
}
