import Foundation
import ScrubCore
import ScrubExperiment
import ScrubStatistics
import Testing

/// Figures against sums over the replicates that they are made of, written out here.
@Suite struct FigureTests {
    private static let claims = "interpretation: {inputs: {a1.h0: {same: first}, a0.h1: {same: y}}}"
    private static let identity = "interpretation: {inputs: {a1.h0: {same: exact}, m1: {same: exact}}, others: exact}"

    private func run(_ claims: String, _ options: RunOptions) throws -> Run {
        try SmallTransformer.with { try $0.experiment(claims).run(options) }
    }

    @Test func outputsApartAreThoseOfTheOutputs() throws {
        let options = RunOptions(samples: 500, seed: 3, backend: .cpu, keepsOutputs: true)
        let run = try run(Self.claims, options)
        // The identity on the same seed has the model's own outputs on the same reference data.
        let own = try self.run(Self.identity, options)
        #expect(own.replicates.reference == run.replicates.reference)
        let (scrubbed, model) = (try #require(run.outputs?.floats), try #require(own.outputs?.floats))
        #expect(own.replicates.squaredDistance.allSatisfy { $0 == 0 })
        #expect(own.replicates.divergence.allSatisfy { $0 == 0 })
        for replicate in 0..<500 {
            let pairs = (0..<2).map { (Double(model[2 * replicate + $0]), Double(scrubbed[2 * replicate + $0])) }
            let squared = pairs.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
            func logShares(_ logits: [Double]) -> [Double] {
                let sum = log(logits.reduce(0) { $0 + exp($1) })
                return logits.map { $0 - sum }
            }
            let (p, q) = (logShares(pairs.map(\.0)), logShares(pairs.map(\.1)))
            let divergence = zip(p, q).reduce(0) { $0 + exp($1.0) * ($1.0 - $1.1) }
            // Some thirty float32 operations on numbers of order 1.
            #expect(abs(Double(run.replicates.squaredDistance[replicate]) - squared) < 1e-5 * (1 + squared))
            #expect(abs(Double(run.replicates.divergence[replicate]) - divergence) < 1e-5 * (1 + divergence))
        }
        let l2 = run.replicates.squaredDistance.reduce(0) { $0 + Double($1).squareRoot() } / 500
        #expect(abs(try #require(run.report.outputs.l2).mean - l2) < 1e-6)
    }

    @Test func pairedDifferencesAreThoseOfTheReplicates() throws {
        try SmallTransformer.with { small in
            let options = RunOptions(samples: 2000, seed: 1, backend: .cpu)
            let run = try small.experiment(Self.claims).run(options)
            let other = try small.experiment("interpretation: {inputs: {a1.h0: {same: first}}}").run(options)
            let difference = try #require(try PairedDifference(of: run, from: other)?.figures.first)
            let figures = (run.report.figures[0], other.report.figures[0])
            #expect(abs(difference.scrubbed.mean - (figures.0.scrubbed.mean - figures.1.scrubbed.mean)) < 1e-12)
            let recovered = (try #require(figures.0.recovered), try #require(figures.1.recovered))
            #expect(
                abs(try #require(difference.recovered).mean - (recovered.0.mean - recovered.1.mean)) < 1e-9)
            let apart =
                (figures.0.scrubbed.standardError * figures.0.scrubbed.standardError
                + figures.1.scrubbed.standardError * figures.1.scrubbed.standardError).squareRoot()
            // They share the reference datum and the draw of a1.h0.
            #expect(difference.scrubbed.standardError < apart)
            // Other reference data are no pairs.
            let reseeded = try small.experiment(Self.claims).run(RunOptions(samples: 2000, seed: 2, backend: .cpu))
            #expect(try PairedDifference(of: run, from: reseeded) == nil)
        }
    }

    @Test(arguments: [false, true]) func groupsAddUpToTheWhole(isExact: Bool) throws {
        let run = try run(
            Self.claims,
            RunOptions(
                samples: 3000, seed: 5, backend: .cpu, isExact: isExact, groupings: ["first", "y, first > 0", "at"]))
        for figure in run.report.figures {
            for by in [["first"], ["y", "first > 0"], ["at"]] {
                let groups = figure.groups.filter { $0.by == by }
                #expect(abs(groups.reduce(0) { $0 + $1.share } - 1) < 1e-12)
                #expect(groups.reduce(0) { $0 + $1.samples } == run.report.samples)
                func whole(_ value: (Report.Estimates) -> Double, _ share: (Report.Group) -> Double) throws -> Double {
                    try groups.reduce(0) { $0 + share($1) * value(try #require($1.estimates)) }
                }
                // The model is known on all of D; scrubbed means are over the replicates, or over their probabilities.
                #expect(abs(try whole({ $0.model.mean }, { $0.share }) - figure.model.mean) < 1e-12)
                #expect(abs(try whole({ $0.baseline.mean }, { $0.share }) - figure.baseline.mean) < 1e-12)
                let scrubbed = try whole(
                    { $0.scrubbed.mean }, { isExact ? $0.share : Double($0.samples) / Double(run.report.samples) })
                #expect(abs(scrubbed - figure.scrubbed.mean) < 1e-9)
            }
        }
        #expect(run.report.figures[0].groups.filter { $0.by == ["first"] }.map(\.values) == [["0"], ["1"], ["2"]])
    }

    @Test func samplingGoesOnUntilTheIntervalIsNarrow() throws {
        let wide = try run(Self.claims, RunOptions(samples: 200, seed: 1, backend: .cpu))
        let goal = try #require(wide.report.figures[0].recovered).width / 5
        let run = try run(Self.claims, RunOptions(samples: 200, seed: 1, backend: .cpu, width: goal))
        #expect(try #require(run.report.figures[0].recovered).width <= goal)
        // Five times narrower is 25 times the samples, and not many more.
        #expect((4000...9000).contains(run.report.samples), "\(run.report.samples)")
        // It is the run that the final number of samples gives, bit for bit.
        let same = try self.run(Self.claims, RunOptions(samples: run.report.samples, seed: 1, backend: .cpu))
        #expect(same.tables == run.tables)
        #expect(same.scrubbed == run.scrubbed)
        #expect(same.report.figures == run.report.figures)
    }

    @Test func attributionIsThatOfHypothesesWrittenByHand() throws {
        try SmallTransformer.with { small in
            let options = RunOptions(samples: 400, seed: 9, backend: .cpu)
            func text(_ first: String, _ inner: String, _ second: String) -> String {
                """
                interpretation:
                  inputs:
                    m1: {same: \(first), inputs: {a0.h0: {same: \(inner), paths: all}}}
                    a0.h1: {same: \(second)}
                """
            }
            let experiment = try small.experiment(text("first", "exact", "y"))
            let run = try experiment.run(options)
            let attribution = try experiment.attribution(of: run, options)
            #expect(attribution.map(\.claim).sorted() == ["a0.h1", "m1", "m1/a0.h0"])
            func of(_ claim: String) throws -> ClaimAttribution {
                try #require(attribution.first { $0.claim == claim })
            }
            func mean(_ claims: String) throws -> Double {
                try small.experiment(claims).run(options).report.figures[0].scrubbed.mean
            }
            #expect(try of("m1").exact?.scrubbed.mean == mean(text("exact", "exact", "y")))
            #expect(try of("m1").unconditional?.scrubbed.mean == mean(text("any", "exact", "y")))
            #expect(try of("m1/a0.h0").exact == nil)
            #expect(try of("m1/a0.h0").unconditional?.scrubbed.mean == mean(text("first", "any", "y")))
            #expect(try of("a0.h1").exact?.scrubbed.mean == mean(text("first", "exact", "exact")))
            #expect(try of("a0.h1").unconditional?.scrubbed.mean == mean(text("first", "exact", "any")))
            for change in attribution.flatMap({ [$0.exact, $0.unconditional] }).compactMap(\.self) {
                #expect(
                    abs(change.difference.mean - (change.scrubbed.mean - run.report.figures[0].scrubbed.mean)) < 1e-12)
            }
        }
    }

    @Test func cancellationAndCarriersAreThoseOfTheReplicates() throws {
        let run = try run(Self.claims, RunOptions(samples: 1000, seed: 2, backend: .cpu))
        let distribution = try #require(run.report.figures[0].distribution)
        let changes = zip(run.replicates.measured[0].scrubbed, run.replicates.measured[0].model).map {
            Double($0) - Double($1)
        }
        let hidden = 1 - abs(changes.reduce(0, +)) / changes.reduce(0) { $0 + abs($1) }
        #expect(abs(try #require(distribution.cancellation).mean - hidden) < 1e-6)
        let sorted = run.scrubbed.map { Double($0) }.sorted(by: >)
        var (sum, count) = (0.0, 0)
        while sum < 0.9 * sorted.reduce(0, +) {
            sum += sorted[count]
            count += 1
        }
        let carriers = try #require(distribution.scrubbedCarriers)
        #expect(carriers.count == count)
        #expect(abs(carriers.share - sum / sorted.reduce(0, +)) < 1e-9)
    }

    /// The scrubbed exact distribution and mean against the figures of many samples.
    @Test func exactFiguresAreTheLimitOfSampledOnes() throws {
        let exact = try run(Self.claims, RunOptions(backend: .cpu, isExact: true)).report
        let sampled = try run(Self.claims, RunOptions(samples: 40_000, seed: 4, backend: .cpu)).report
        for (exact, sampled) in zip(exact.figures, sampled.figures) {
            // 4 standard errors: one such bound in 16,000 is missed by a correct program.
            #expect(abs(exact.scrubbed.mean - sampled.scrubbed.mean) <= 4 * sampled.scrubbed.standardError)
            // Of figures that are alike in all samples, rounding is left.
            #expect(
                abs(exact.difference.mean - sampled.difference.mean) <= 4 * sampled.difference.standardError + 1e-12)
            let (one, other) = (try #require(exact.distribution), try #require(sampled.distribution))
            // The distance of 40,000 samples from their distribution is at most 2.2 / √n but once in 10,000 times.
            #expect(abs(one.kolmogorovSmirnov - other.kolmogorovSmirnov) <= 2.2 / 200)
        }
        let (l2, estimate) = (try #require(exact.outputs.l2), try #require(sampled.outputs.l2))
        #expect(abs(l2.mean - estimate.mean) <= 4 * estimate.standardError)
    }

    @Test func everyNumberIsInTheTable() throws {
        let run = try run(
            Self.claims, RunOptions(samples: 300, backend: .cpu, groupings: ["first, y"]))
        let lines = [run.report].csv.split(separator: "\n")
        #expect(lines[0] == "hypothesis,metric,of,figure,value,standard_error,low,high,method,trusted")
        #expect(lines.count == run.report.rows.count + 1)
        let scrubbed = try #require(lines.first { $0.contains(",cross_entropy,,scrubbed,") }).split(
            separator: ",", omittingEmptySubsequences: false)
        #expect(Double(scrubbed[4]) == run.report.figures[0].scrubbed.mean)
        #expect(Double(scrubbed[5]) == run.report.figures[0].scrubbed.standardError)
        #expect(lines.contains { $0.contains("\"first = 0, y = 1\",recovered,") })
        let again = try JSONDecoder().decode(Report.self, from: JSONEncoder().encode(run.report))
        #expect(again == run.report)
    }
}
