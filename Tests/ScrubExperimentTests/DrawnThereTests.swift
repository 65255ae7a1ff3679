import Foundation
import ScrubExperiment
import ScrubOpenCL
import ScrubPlan
import ScrubStatistics
import Testing

/// Runs whose rows the device draws have the figures of those for which the host draws.
@Suite(.serialized) struct DrawnThereTests {
    /// Rows that share slots, since they differ in weight and feature alone.
    private func rows(_ count: Int) -> String {
        (0..<count).map { row in
            let tokens = [row % 3, row / 3 % 2, row % 2 == 0 ? 3 : 1]
            return "{\"tokens\": \(tokens), \"first\": \(row * row % 5), \"y\": \(row % 2), \"w\": \(row % 7)}\n"
        }.joined()
    }

    private func experiments(in small: SmallTransformer) throws -> [Experiment] {
        try small.write("many.jsonl", rows(90))
        return try ["", ", weight: w"].map { weight in
            try small.write(
                "h.yaml",
                """
                model: model
                data: {file: many.jsonl\(weight)}
                behaviour: {loss: cross_entropy, at: last, label: y}
                interpretation:
                  inputs:
                    a1.h0: {same: first, inputs: {a0.h1: {same: y}}}
                    m1: {same: first}
                """)
            return try Experiment(contentsOf: small.path("h.yaml"))
        }
    }

    private func reports(
        _ experiment: Experiment, round: Int?, keepsDraws: Bool, devices: Int = 1
    ) throws -> [Report] {
        var options = RunOptions(samples: 700, backend: .opencl(0))
        (options.keepsDraws, options.keepsReplicates, options.round) = (keepsDraws, false, round)
        let shared = try #require(try SharedRun([experiment], options))
        var (hashes, reports): ([String: String], [Report]) = ([:], [])
        let journal = RunJournal(kept: { _, _ in }, keep: { _ in })
        let engine = try #require(try Engine.candidates(options).first)
        // Of many rounds, all but the first are cut by rates.
        let several = SeveralBackends(engine.backend, Array(repeating: engine.backend, count: devices - 1))
        let engines = devices == 1 ? [engine] : [Engine(backend: several, limits: engine.limits)]
        try shared.run(options, seeds: [0, .max, 5], on: engines, journal: journal, hashes: &hashes) { _, runs in
            reports += try runs.map { try $0.get().report }
        }
        return reports
    }

    @Test("whatever seeds, rounds, weights and duplicate rows", .needsDevice) func sameFigures() throws {
        try SmallTransformer.with { small in
            for experiment in try experiments(in: small) {
                let wanted = try reports(experiment, round: nil, keepsDraws: true)
                for round in [nil, 64, 333] {
                    let found = try reports(experiment, round: round, keepsDraws: false)
                    #expect(found.map(\.figures) == wanted.map(\.figures), "rounds of \(round ?? 700)")
                    #expect(found.map(\.outputs) == wanted.map(\.outputs))
                    // The classes are held, and whole tables are not.
                    #expect(found[0].plan.peakBytes != wanted[0].plan.peakBytes)
                }
                let shared = try reports(experiment, round: 64, keepsDraws: false, devices: 3)
                #expect(shared.map(\.figures) == wanted.map(\.figures))
                #expect(Set(wanted.map { $0.figures[0].scrubbed.mean }).count == 3)
            }
        }
    }

    @Test("what is held is known before, in large rounds too", .needsDevice, arguments: [700, 40_000])
    func peaks(samples: Int) throws {
        try SmallTransformer.with { small in
            let experiment = try experiments(in: small)[1]
            var options = RunOptions(samples: samples, backend: .opencl(0))
            (options.keepsDraws, options.keepsReplicates) = (false, false)
            let drawn = try experiment.run(options).report
            options.backend = .cpu
            let host = try experiment.run(options).report
            // What is held besides the engine's is the same.
            #expect(drawn.plan.peakBytes - drawn.execution.peakBytes == host.plan.peakBytes - host.execution.peakBytes)
        }
    }
}
