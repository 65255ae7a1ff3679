import Foundation
import ScrubExperiment
import Testing

/// Many replicates without keeping what was measured in each.
@Suite struct FlatRunTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path
    private static let samples = 60_000

    private static func run(_ path: String, keepsReplicates: Bool, groupings: [String] = []) throws -> Run {
        var options = RunOptions(samples: samples, seed: 5, backend: .cpu, threads: 2, groupings: groupings)
        (options.keepsReplicates, options.keepsDraws) = (keepsReplicates, false)
        return try Experiment(contentsOf: "\(root)/\(path)").run(options)
    }

    /// Means, intervals and all that is made of them to the last bit; what needs order is that of the first replicates.
    @Test func figuresAreThoseOfAllReplicates() throws {
        let path = "docs/tutorial/one-head.yaml"
        let (flat, kept) = (try Self.run(path, keepsReplicates: false), try Self.run(path, keepsReplicates: true))
        #expect(flat.replicates.count == Self.samples && kept.replicates.count == Self.samples)
        #expect(flat.scrubbed.count < Self.samples && kept.scrubbed.count == Self.samples)
        #expect(flat.scrubbed[...] == kept.scrubbed.prefix(flat.scrubbed.count))
        #expect(flat.report.outputs == kept.report.outputs)
        #expect(flat.report.plan.peakBytes < kept.report.plan.peakBytes)
        for (mine, theirs) in zip(flat.report.figures, kept.report.figures) {
            #expect(mine.estimates == theirs.estimates)
            let (mine, theirs) = (mine.distribution, theirs.distribution)
            #expect(mine?.samples == flat.scrubbed.count && theirs?.samples == nil)
            #expect(mine?.cancellation == theirs?.cancellation)
            #expect(mine?.modelCarriers == theirs?.modelCarriers)
        }
    }

    /// The quantiles of a flat run are those of a run of as many replicates as it keeps.
    @Test func orderIsThatOfAShorterRun() throws {
        let flat = try Self.run("docs/tutorial/one-head.yaml", keepsReplicates: false)
        let options = RunOptions(samples: flat.scrubbed.count, seed: 5, backend: .cpu, threads: 2)
        let short = try Experiment(contentsOf: "\(Self.root)/docs/tutorial/one-head.yaml").run(options)
        var expected = short.report.figures[0].distribution
        let found = flat.report.figures[0].distribution
        expected?.samples = found?.samples
        expected?.cancellation = found?.cancellation
        #expect(found == expected)
    }

    /// What is kept does not depend on how many replicates are run at a time.
    @Test func roundsDoNotMatter() throws {
        let experiment = try Experiment(contentsOf: "\(Self.root)/docs/tutorial/one-head.yaml")
        func run(round: Int) throws -> Run {
            var options = RunOptions(samples: Self.samples, seed: 5, backend: .cpu, threads: 2)
            (options.keepsReplicates, options.keepsDraws, options.round) = (false, false, round)
            return try experiment.run(options)
        }
        let few = try run(round: 3_000)
        for round in [16_384, 40_000] {
            let many = try run(round: round)
            #expect(few.scrubbed == many.scrubbed)
            #expect(few.report.figures == many.report.figures)
            #expect(few.report.outputs == many.report.outputs)
        }
    }

    /// The difference of two hypotheses is paired over all replicates.
    @Test func differencesAreOfAllReplicates() throws {
        func difference(keepsReplicates: Bool) throws -> PairedDifference? {
            let runs = try ["one-head", "swapped"].map {
                try Self.run("docs/tutorial/\($0).yaml", keepsReplicates: keepsReplicates)
            }
            return try PairedDifference(of: runs[1], from: runs[0])
        }
        let (flat, kept) = (try difference(keepsReplicates: false), try difference(keepsReplicates: true))
        #expect(flat != nil && flat == kept)
    }

    /// A group's figures need each replicate.
    @Test func groupsKeepAll() throws {
        let run = try Self.run("Benchmarks/brackets/0a.yaml", keepsReplicates: false, groupings: ["balanced"])
        #expect(run.scrubbed.count == Self.samples)
        #expect(run.report.figures[0].groups.reduce(0) { $0 + $1.samples } == Self.samples)
    }
}
