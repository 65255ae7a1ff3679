import Foundation
import ScrubCore
import ScrubExperiment
import ScrubHypothesis
import ScrubPlan
import ScrubPlanner
import ScrubStatistics
import Testing

/// An exact run, in which draws that the plan cannot tell apart are one, against a run of every row of every table.
@Suite struct ExactRunTests {
    @Test("weighted hypotheses", arguments: TheoryCase.all) func weighted(_ theory: TheoryCase) throws {
        _ = try check(try theory.experiment(), .resample)
    }

    @Test(
        "a transformer's",
        arguments: [
            "{a0.h0: {same: first, inputs: {embed: {same: y}}}, m1: {same: y}}",
            "{m0: {same: \"first = 1\"}, a1.h1: {same: any, inputs: {\"input[1]\": {same: y}}, others: exact}}",
            "{a1.h0: {inputs: {v: {same: first}}, others: {same: y}}, a0.h1: {same: first}}",
        ], [Ablation.resample, .zero, .mean(within: "y")])
    func transformer(_ claims: String, _ ablation: Ablation) throws {
        try SmallTransformer.with { small in
            let experiment = try small.experiment("interpretation: {inputs: \(claims)}")
            let (exact, plain) = try check(experiment, ablation)
            #expect(exact <= plain)
        }
    }

    /// Both compute the same float32 losses and sum them in float64, in different orders.
    ///
    /// - Returns: how many combinations the two have.
    private func check(_ experiment: Experiment, _ ablation: Ablation) throws -> (exact: Int, plain: Int) {
        let options = RunOptions(backend: .cpu, threads: 1, ablation: ablation, isExact: true)
        let exact = try experiment.run(options).report
        let draws = try experiment.everyDraw()
        let folder = FileManager.default.temporaryDirectory
        let path = folder.appending(path: "scrubjay-\(UUID().uuidString).npz").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Npz.write(zip(experiment.tree.tables, draws.tables).map { NpzEntry($0.key, [$1.count], $1) }, to: path)
        let plain = try experiment.run(RunOptions(backend: .cpu, threads: 1, replay: path, ablation: ablation))
        let expected = zip(plain.scrubbed, draws.probabilities).reduce(0) { $0 + Double($1.0) * $1.1 }
        let found = try #require(exact.figures.first).scrubbed.mean
        #expect(abs(found - expected) <= 1e-12 * max(1, abs(expected)), "\(found), not \(expected)")
        return (exact.samples, draws.probabilities.count)
    }
}
