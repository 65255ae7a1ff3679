import Foundation
import ScrubHypothesis
import ScrubPlan
import Testing

/// Draws are distributed as they should be.
@Suite struct UniformDrawTests {
    /// Statement: given its parent's class, a draw takes each row of it in proportion to its weight.
    ///
    /// One chi-square test over everything: 40 cases, every table, 2,000 replicates. The statistics of independent
    /// tables add up; the sum is judged by the normal approximation of Wilson and Hilferty at 4 standard deviations, so
    /// that a correct sampler fails for about one seed in 16,000. The seed is fixed. Classes whose expected counts are
    /// below 5 are left out.
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
                    let feature = table.feature.flatMap { TinyFeature.named($0, positions: judged.positions) }
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
        #expect(degrees > 1000)
        #expect(abs(deviation(statistic, degrees)) < 4, "chi-square \(statistic) over \(degrees) degrees of freedom")
    }

    /// Statement: whatever its condition, every draw is marginally distributed as D.
    ///
    /// A chi-square test for each table of 40 cases at 2,000 replicates, each judged at 5.5 standard deviations by the
    /// same approximation: about 200 tables, so that a correct sampler fails for about one seed in 100,000.
    @Test func everyDrawIsMarginallyLikeTheData() throws {
        for seed in UInt64(4000)..<4040 {
            var judged = JudgeCase.random(seed)
            judged.replicates = 2000
            let expected = judged.weights.map { $0 * 2000 }
            try withTemporaryFolder { folder in
                let scrubbed = try Scrubbed(judged, in: folder)
                for (table, drawn) in zip(scrubbed.plan.tables, scrubbed.bindings.tables) {
                    // Rows of small weight are judged together.
                    let (small, large) = (
                        expected.indices.filter { expected[$0] < 5 }, expected.indices.filter { expected[$0] >= 5 }
                    )
                    let cells = large.map { [$0] } + (small.contains { expected[$0] > 0 } ? [small] : [])
                    guard cells.count > 2 else { continue }
                    let statistic = cells.reduce(0.0) { sum, cell in
                        let wanted = cell.reduce(0) { $0 + expected[$1] }
                        let found = Double(drawn.count { cell.contains(Int($0)) })
                        return sum + (found - wanted) * (found - wanted) / wanted
                    }
                    let deviation = deviation(statistic, cells.count - 1)
                    #expect(
                        deviation < 5.5, "seed \(seed), \(table.key): chi-square \(statistic) over \(cells.count - 1)")
                }
            }
        }
    }

    /// How many standard deviations a chi-square statistic lies above its mean, nearly: the cube root is nearly normal.
    /// E. B. Wilson, M. M. Hilferty, "The distribution of chi-square", 1931, <https://doi.org/10.1073/pnas.17.12.684>.
    private func deviation(_ statistic: Double, _ degrees: Int) -> Double {
        let spread = 2 / (9 * Double(degrees))
        return (cbrt(statistic / Double(degrees)) - (1 - spread)) / spread.squareRoot()
    }
}
