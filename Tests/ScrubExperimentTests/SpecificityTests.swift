import Foundation
import ScrubExperiment
import ScrubHypothesis
import Testing

/// Bits counted by hand: inputs are uniform on {0, 1, 2, 3}, 2 bits each, and independent. Sums of at most 16 terms in
/// float64 are within 1e-12.
@Suite struct SpecificityTests {
    private static let pairs: [[Float]] = (0..<16).map { [Float($0 / 4), Float($0 % 4), 0] }

    /// The entropy of the sum, or the difference, of two numbers uniform on {0, 1, 2, 3}: probabilities of 1, 2, 3, 4, 3,
    /// 2 and 1 sixteenths.
    private static let sum = 0.5 + 0.75 + 0.375 * log2(16 / 3) + 0.5

    /// y = a + b, a = p + q, b = p - q.
    private func crossed(
        _ interpretation: Interpretation, _ rows: [[Float]] = pairs, weights: [Double]? = nil
    ) throws -> Specificity {
        var graph = LinearGraph()
        let (p, q) = (try graph.input("p"), try graph.input("q"))
        let a = try graph.add("a", [(1, p), (1, q)])
        let b = try graph.add("b", [(1, p), (-1, q)])
        let y = try graph.add("y", [(1, a), (1, b)])
        return try graph.experiment(output: y, ["p", "q"], rows, weights: weights, interpretation).specificity()
    }

    private func expect(_ found: Double, _ expected: Double, _ place: SourceLocation = #_sourceLocation) {
        #expect(abs(found - expected) < 1e-12, "\(found), not \(expected)", sourceLocation: place)
    }

    /// Of the reference p is seen, 2 bits, and each claim draws one of four rows.
    @Test func twoClaimsByOneFeature() throws {
        let found = try crossed(
            Interpretation("one feature") {
                Claim("a", same: "p")
                Claim("b", same: "p")
            })
        #expect(found.claims.map(\.path) == ["output", "a", "b"])
        #expect(found.claims.map(\.same) == ["exact", "p", "p"])
        #expect(found.others.isEmpty)
        let a = found.claims[1]
        #expect(a.node == "a" && a.classes == 4 && a.smallestClass == 4 && a.largestClass == 4)
        expect(a.meanClass, 4)
        expect(a.metClass, 4)
        expect(a.singletonShare, 0)
        expect(a.expectedSwaps, 0.75)
        expect(a.drawBits, 2)
        expect(a.lostBits, 2)
        expect(found.datasetBits, 4)
        expect(found.referenceBits, 2)
        expect(found.drawBits, 8)
        expect(found.entropyBits, 6)
        // Each of the two tells the reference's p.
        expect(found.saidBits, 4)
        #expect(found.inputs == 2 && found.leaves == 2 && !found.isUpperBound)
        #expect(found.warnings.isEmpty)
    }

    /// p + q and p - q tell p and q. Below a, of its sum, p and q are seen.
    @Test func aNestedClaim() throws {
        let found = try crossed(
            Interpretation("nested") {
                Claim("a", same: "p + q") {
                    Claim("p", same: "p")
                    Claim("q", same: "q")
                }
                Claim("b", same: "p - q")
            })
        expect(found.referenceBits, 4)
        for (draw, bits) in zip(found.claims, [0, 4 - Self.sum, 2, 2, 4 - Self.sum]) { expect(draw.lostBits, bits) }
        expect(found.entropyBits, 16 - 2 * Self.sum)
        #expect(found.inputs == 3 && !found.isUpperBound && found.undetermined.isEmpty)
    }

    /// Of a's datum q alone goes on, which does not tell p: what a keeps is seen by no input. These are three rows drawn
    /// apart, 12 bits; the sum has the 2 bits of p as well.
    @Test func aFeatureThatNoInputShows() throws {
        let found = try crossed(Interpretation("no function") { Claim("a", same: "p") { Claim("q", same: "q") } })
        #expect(found.isUpperBound)
        #expect(found.undetermined == ["a"])
        #expect(Set(found.others.map(\.path)) == ["a/others", "output/others"])
        expect(found.entropyBits, 14)
        expect(found.drawBits, 16)
        #expect(found.inputs == 3)
        #expect(found.sentence.hasSuffix("these features are no functions of what lies below: a"))
    }

    /// Shares 1/2 and 1/4 with p = 0, 1/4 with p = 1; p = 2 weighs nothing. A draw stays with probability
    /// 1/2 · 2/3 + 1/4 · 1/3 + 1/4 = 2/3.
    @Test func weights() throws {
        let found = try crossed(
            Interpretation("weights", others: .exact) { Claim("a", same: "p") },
            [[0, 0, 0], [0, 1, 0], [1, 2, 0], [2, 3, 0]], weights: [2, 1, 1, 0])
        let a = try #require(found.claims.last)
        #expect(a.classes == 2 && a.smallestClass == 1 && a.largestClass == 2)
        expect(a.meanClass, 1.5)
        expect(a.metClass, 1.75)
        expect(a.singletonShare, 0.25)
        expect(a.expectedSwaps, 1.0 / 3)
        let (two, one): (Double, Double) = (log2(1.5), log2(3))
        expect(a.drawBits, 0.5 * two + 0.25 * one)
        expect(found.datasetBits, 1.5)
        // The output's others are its own datum, so the reference's row is read.
        expect(found.entropyBits, 1.5 + a.drawBits)
        #expect(found.inputs == 2)
    }

    /// 500 rows in 499 classes: two of the rows are swapped half of the time, 0.2%.
    @Test func aClaimThatHardlySwaps() throws {
        let rows = (0..<500).map { [Float(max(1, $0)), Float($0), 0] }
        let found = try crossed(Interpretation("singletons") { Claim("a", same: "p") }, rows)
        #expect(
            found.warnings == [
                "claim 'a' by 'p' draws another row in 0.2% of samples: it leaves the rest as they are"
            ], "\(found.warnings)")
        expect(found.claims[1].expectedSwaps, 0.002)
        expect(found.claims[1].singletonShare, 498.0 / 500)
    }

    /// Exact claims share the reference's row: two leaves of 4 bits say all 8. Drawn from all of D they say nothing.
    @Test func theMostAndTheLeast() throws {
        let most = try crossed(
            Interpretation("exact") {
                Claim("a")
                Claim("b")
            })
        expect(most.saidBits, 8)
        expect(most.entropyBits, 4)
        #expect(most.inputs == 1 && most.leaves == 2)
        let least = try crossed(
            Interpretation("any") {
                Claim("a", same: .any)
                Claim("b", same: .any)
            })
        expect(least.saidBits, 0)
        expect(least.entropyBits, 8)
    }

    @Test func itIsReadAsItIsWritten() throws {
        let found = try crossed(Interpretation("codable") { Claim("a", same: "p > 1") })
        let data = try JSONEncoder().encode(found)
        #expect(try JSONDecoder().decode(Specificity.self, from: data) == found)
        let text = String(decoding: data, as: UTF8.self)
        #expect(text.contains("\"expected_swaps\""))
        let rows = [
            ["draw", "same", "classes", "rows each", "alone", "swapped", "bits drawn", "bits lost"],
            ["output", "exact", "16", "1", "100.0%", "0%", "0.000", "0.000"],
            ["a", "p > 1", "2", "8", "0%", "87.5%", "3.000", "3.000"],
            ["output/others", "any", "1", "16", "0%", "93.8%", "4.000", "4.000"],
        ]
        #expect(found.rows == rows, "\(found.rows)")
        #expect(
            found.sentence
                == "the hypothesis says 1.000 bits; scrubbed inputs: 8.000 bits of 8.000 (2 rows of 4.000); 11.000 drawn"
        )
    }
}
