import Foundation
import ScrubHypothesis
import ScrubPlan
import Testing

/// Draws are distributed as they should be.
@Suite struct UniformDrawTests {
    /// Statement: given its parent's class, a draw takes each row of it in proportion to its weight.
    ///
    /// One chi-square test over everything: 40 cases, every table, 2,000 replicates. The statistics of independent tables add up; the
    /// sum is judged by the normal approximation of Wilson and Hilferty at 4 standard deviations, so that a correct sampler fails for
    /// about one seed in 30,000. The seed is fixed. Classes whose expected counts are below 5 are left out.
    @Test func drawsFollowTheWeights() throws {
        var (statistic, degrees) = (0.0, 0)
        for seed in UInt64(4000)..<4040 {
            var judged = JudgeCase.random(seed)
            judged.replicates = 2000
            let weights = judged.weights
            try withTemporaryFolder { folder in
                let scrubbed = try Scrubbed(judged, in: folder)
                for (number, table) in scrubbed.plan.tables.enumerated() {
                    let drawn = scrubbed.bindings.tables[number].map(Int.init)
                    let given = table.parent.map { scrubbed.bindings.tables[$0].map(Int.init) }
                    let feature = table.feature.flatMap { text in
                        TinyFeature.all.first { ($0.definition ?? $0.text) == text }
                    }
                    let classes = judged.data.map { row in feature.map { $0.value(row) } ?? [] }
                    for members in Dictionary(grouping: classes.indices, by: { classes[$0] }).values {
                        let inClass = drawn.indices.filter { members.contains(given?[$0] ?? members[0]) }
                        let total = members.reduce(0) { $0 + weights[$1] }
                        let expected = members.filter { weights[$0] > 0 }.map { row in
                            (row: row, count: weights[row] / total * Double(inClass.count))
                        }
                        guard expected.count > 1, expected.allSatisfy({ $0.count >= 5 }) else { continue }
                        for (row, count) in expected {
                            let found = Double(inClass.count { drawn[$0] == row })
                            statistic += (found - count) * (found - count) / count
                        }
                        degrees += expected.count - 1
                    }
                }
            }
        }
        // E. B. Wilson, M. M. Hilferty, "The distribution of chi-square", 1931, <https://doi.org/10.1073/pnas.17.12.684>.
        let spread = 2 / (9 * Double(degrees))
        let deviation = (cbrt(statistic / Double(degrees)) - (1 - spread)) / spread.squareRoot()
        #expect(degrees > 1000)
        #expect(abs(deviation) < 4, "chi-square \(statistic) over \(degrees) degrees of freedom")
    }
}
