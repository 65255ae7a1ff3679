import Foundation
import ScrubCore
import ScrubExperiment
import ScrubHypothesis
import ScrubStore
import ScrubSweep
import Testing

/// Which runs a sweep file is, and in which order.
@Suite struct SweepRunTests {
    let folder: SweepFolder

    init() throws { folder = try SweepFolder() }

    /// A run in short: what it differs in from the default, in order.
    private func short(_ run: SweepRun) -> String {
        let statement = run.statement
        let name = statement.hypothesis.split(separator: "/").last.map(String.init) ?? ""
        let parameters = statement.parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let paths = [statement.model, statement.data].compactMap { $0?.split(separator: "/").last.map(String.init) }
        let rest = [statement.others, statement.ablation == "resample" ? nil : statement.ablation].compactMap(\.self)
        return ([name] + parameters + paths + rest + [String(statement.seed)]).joined(separator: " ")
    }

    private func runs(_ text: String) throws -> [String] { try folder.sweep(text).runs().map(short) }

    @Test func hypothesesVarySlowestAndSeedsFastest() throws {
        let made = try runs(
            """
            hypotheses: [head.yaml, "1*.yaml"]
            seeds: [0, 7]
            ablations: [resample, mean]
            parameters: {layer: 0..1, head: 3, feature: [x]}
            """)
        #expect(
            made == [
                "head.yaml feature=x head=3 layer=0 0", "head.yaml feature=x head=3 layer=0 7",
                "head.yaml feature=x head=3 layer=0 mean 0", "head.yaml feature=x head=3 layer=0 mean 7",
                "head.yaml feature=x head=3 layer=1 0", "head.yaml feature=x head=3 layer=1 7",
                "head.yaml feature=x head=3 layer=1 mean 0", "head.yaml feature=x head=3 layer=1 mean 7",
                "1a.yaml 0", "1a.yaml 7", "1a.yaml mean 0", "1a.yaml mean 7",
                "1b.yaml 0", "1b.yaml 7", "1b.yaml mean 0", "1b.yaml mean 7",
            ])
    }

    @Test func parametersVaryAsTheyStand() throws {
        let made = try runs("{hypotheses: head.yaml, parameters: {head: 0..1, layer: [2, 5], feature: x}}")
        #expect(
            made == [
                "head.yaml feature=x head=0 layer=2 0", "head.yaml feature=x head=0 layer=5 0",
                "head.yaml feature=x head=1 layer=2 0", "head.yaml feature=x head=1 layer=5 0",
            ])
    }

    @Test func modelsThenDatasetsThenOthersThenAblations() throws {
        let made = try runs(
            """
            hypotheses: 1a.yaml
            ablations: [zero, mean:count]
            others: [file, together]
            datasets: [a.npz, b.npz]
            models: [other/, ./model]
            """)
        #expect(made.count == 16)
        #expect(made[0] == "1a.yaml other a.npz zero 0")
        #expect(made[1] == "1a.yaml other a.npz mean:count 0")
        #expect(made[2] == "1a.yaml other a.npz together zero 0")
        #expect(made[4] == "1a.yaml other b.npz zero 0")
        #expect(made[8] == "1a.yaml model a.npz zero 0")
    }

    @Test func parametersArePutIn() throws {
        let runs = try folder.sweep(
            """
            hypotheses: [head.yaml]
            parameters: {layer: 2, head: 1, feature: "count AND starts_open"}
            models: [other]
            datasets: [b.npz]
            others: [each]
            """
        ).runs()
        let run = try #require(runs.first)
        #expect(run.statement.text.hasPrefix("# ${nothing} stands"))
        #expect(run.statement.text.hasSuffix("a2.h1: {same: count AND starts_open}"))
        let hypothesis = try run.hypothesis.get()
        #expect(hypothesis.interpretation.inputs.map(\.name) == ["a2.h1"])
        #expect(hypothesis.interpretation.inputs[0].same.value == .feature("count AND starts_open"))
        #expect(hypothesis.modelFolder.value == "\(folder.path)/other")
        #expect(hypothesis.dataFile.value == "\(folder.path)/b.npz")
        #expect(hypothesis.dataFile.location.line == 1)
        #expect(hypothesis.others == .each)
    }

    @Test func whatTheFileSaysIsThere() throws {
        let sweep = try folder.sweep(
            """
            name: layer by head
            hypotheses: [1a.yaml]
            samples: 40000
            until-width: 0.01
            by: [balanced, "a, b"]
            attribution: true
            distance: false
            precision: tf32
            storage: f16
            require: ['recovered>=0.85']
            checkpoint: 4096
            """)
        #expect(sweep.name == "layer by head")
        #expect(sweep.requirements.map(\.text) == ["recovered >= 0.85"])
        #expect(sweep.checkpoint == 4096)
        let statement = try #require(try sweep.runs(backend: "opencl").first).statement
        #expect(statement.samples == 40000 && statement.width == 0.01 && statement.attribution)
        #expect(statement.groupings == ["balanced", "a, b"] && statement.backend == "opencl")
        #expect(statement.distance == false && statement.precision == "tf32" && statement.storage == "f16")
        #expect(try sweep.runs(samples: 50).first?.statement.samples == 50)
        #expect(try folder.sweep("{hypotheses: 1a.yaml, exact: true}").runs().first?.statement.isExact == true)
        #expect(try folder.sweep("hypotheses: 1a.yaml").name == "s")
    }

    @Test func equalRunsAreOne() throws {
        let made = try runs(
            "{hypotheses: [1b.yaml, '*a.yaml', '1*'], seeds: [3], include: [{hypothesis: 1a.yaml, seed: 3..4}]}")
        #expect(made == ["1b.yaml 3", "1a.yaml 3", "1a.yaml 4"])
    }

    /// Nothing of the matrix goes into an entry of include.
    @Test func includedRunsStandByThemselves() throws {
        let made = try runs(
            """
            hypotheses: [1a.yaml]
            seeds: 0..1
            others: [each]
            include:
              - {hypothesis: head.yaml, layer: 0..1, head: 0, feature: x, seed: 7, others: exact}
              - {ablation: mean}
            """)
        #expect(
            made == [
                "1a.yaml each 0", "1a.yaml each 1", "head.yaml feature=x head=0 layer=0 exact 7",
                "head.yaml feature=x head=0 layer=1 exact 7", "1a.yaml mean 0",
            ])
    }

    @Test func excludedRunsMatchAllThatAnEntryStates() throws {
        let sweep = try folder.sweep(
            """
            hypotheses: [head.yaml, 1a.yaml, 1b.yaml]
            parameters: {layer: 0..1, head: 0..1, feature: x}
            seeds: [0, 1]
            exclude:
              - {layer: 0, head: 1}
              - {hypothesis: 1*.yaml, seed: 1}
              - {layer: 1, seed: 0..1}
              - {layer: 9}
            """)
        #expect(
            try sweep.runs().map(short) == [
                "head.yaml feature=x head=0 layer=0 0", "head.yaml feature=x head=0 layer=0 1",
                "1a.yaml 0", "1b.yaml 0",
            ])
        #expect(sweep.warnings == ["\(folder.path)/s.yaml:8:5: \"exclude\" matches no run"])
    }

    /// What one hypothesis says wrong leaves the other runs alone.
    @Test func aFailureBelongsToItsRun() throws {
        try folder.write("2.yaml", "model: [\n")
        let made = try folder.sweep("{hypotheses: [1a.yaml, 2.yaml, 1b.yaml], others: [each]}").runs()
        let errors = made.map { run in
            if case .failure(let error) = run.hypothesis {
                "\(error)".replacingOccurrences(of: folder.path + "/", with: "")
            } else {
                ""
            }
        }
        #expect(errors == ["", "2.yaml:2:1: not YAML: did not find expected node content", ""])
    }

    /// What no policy would change runs once.
    @Test func aHypothesisThatStatesItsOthersIsRunOnce() throws {
        let sweep = try folder.sweep("{hypotheses: [1a.yaml, stated.yaml], others: [random, each], seeds: [1, 2]}")
        let made = try sweep.runs()
        #expect(made.map(\.statement.others) == ["random", "random", "each", "each", nil, nil])
        #expect(made.allSatisfy { (try? $0.hypothesis.get()) != nil })
        #expect(
            sweep.warnings == [
                "\(folder.path)/s.yaml:1:24: every claim of \(folder.path)/stated.yaml states its own others, so that it is "
                    + "run once, not for each policy"
            ])
    }

    /// In seconds of its own, of which what waits for other tests is no part.
    @Test func aMillionRunsAreMade() throws {
        let sweep = try folder.sweep(
            "{hypotheses: head.yaml, parameters: {layer: 0..99, head: 0..99, feature: x}, seeds: 0..99}")
        let start = ContinuousClock.now
        let made = try sweep.runs()
        #expect(ContinuousClock.now - start < .seconds(60))
        #expect(made.count == 1_000_000)
        #expect(made.last.map(short) == "head.yaml feature=x head=99 layer=99 99")
    }

    @Test func aFolderWithSpecialCharactersIsNoPattern() throws {
        let special = try SweepFolder(in: "[a]*")
        #expect(try special.sweep("hypotheses: '1*.yaml'").runs().count == 2)
    }
}
