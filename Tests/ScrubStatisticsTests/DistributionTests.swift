import ScrubStatistics
import Testing

@Suite struct DistributionTests {
    /// Against scipy in float64; sums of 100 terms differ in their last digits. The energy distance is a square root.
    @Test func distancesAreScipys() throws {
        for expected in try Expected.read().distances {
            let (x, y) = (
                try Distribution(expected.x, weights: expected.wx), try Distribution(expected.y, weights: expected.wy)
            )
            #expect(agree(x.wasserstein(to: y), expected.wasserstein, 1e-12))
            #expect(agree(x.energy(to: y), expected.energy, 1e-12))
            #expect(agree(x.kolmogorov(to: y), expected.kolmogorov, 1e-12))
            #expect(y.distances(to: x).wasserstein == x.wasserstein(to: y))
            #expect(expected.probabilities.map { x.quantile($0) } == expected.quantiles)
        }
    }

    /// Mass 1/2 at 0 and 2 against 1/4 at 0 and 3/4 at 2: a quarter travels 2; F - G is 1/4 on [0, 2].
    @Test func distancesByHand() throws {
        let (x, y) = (try Distribution([2, 0]), try Distribution([2, 0], weights: [3, 1]))
        #expect(x.wasserstein(to: y) == 0.5)
        #expect(x.kolmogorov(to: y) == 0.25)
        #expect(x.energy(to: y) == 0.5)
        #expect(x.distances(to: x) == (try Distribution([0, 0, 2, 2])).distances(to: x))
        #expect(x.wasserstein(to: x) == 0)
    }

    /// The share 3/10 is reached by the third of ten, though 0.1 + 0.2 > 0.3 in float64.
    @Test func quantilesInvertTheDistributionFunction() throws {
        let ten = (1...10).map { Float($0) }
        for x in [try Distribution(ten), try Distribution(ten, weights: Array(repeating: 0.1, count: 10))] {
            #expect(x.quantile(0) == 1)
            #expect(x.quantile(0.3) == 3)
            #expect(x.quantile(0.301) == 4)
            #expect(x.quantile(1) == 10)
            #expect(x.quantile(-0.1) == nil)
            #expect(x.quantile(.nan) == nil)
        }
    }

    @Test func whatIsNoDistributionIsAnError() {
        #expect(throws: StatisticsError.empty) { try Distribution([]) }
        #expect(throws: StatisticsError.empty) { try Distribution([1, 2], weights: [0, 0]) }
        #expect(throws: StatisticsError.value(.infinity, index: 1)) { try Distribution([1, .infinity]) }
        #expect(throws: StatisticsError.weights(found: 1, expected: 2)) { try Distribution([1, 2], weights: [1]) }
        #expect(throws: StatisticsError.weight(-1, index: 1)) { try Distribution([1, 2], weights: [1, -1]) }
    }

    @Test func errorsSayWhatWasExpected() {
        let errors: [StatisticsError] = [
            .columns(found: 1, expected: 2), .lengths([3, 4]), .weights(found: 1, expected: 2), .weight(-1, index: 5),
            .value(.infinity, index: 0), .empty,
        ]
        #expect(
            errors.map(\.message) == [
                "1 columns of values, expected 2 as before",
                "columns of 3, 4 values, expected equally many in each", "1 weights of 2 values, expected one a value",
                "weight 5 is -1.0, expected a finite number of at least 0", "value 0 is inf, expected a finite number",
                "no value has a weight above 0, expected at least one",
            ])
    }
}
