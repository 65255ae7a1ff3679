import ScrubStatistics
import Testing

@Suite struct TrustTests {
    /// n over scipy's kurtosis, and over numpy's weighted moments.
    @Test func participationIsNumbersOverKurtosis() throws {
        let expected = try Expected.read().participation
        #expect(agree(try #require(participation(expected.values)), expected.plain, 1e-12))
        #expect(
            agree(try #require(participation(expected.values, weights: expected.weights)), expected.weighted, 1e-12))
    }

    /// One of n: kurtosis (1 - 3 p q) / (p q) with p = 1/n.
    @Test func oneOfManyMakesTheVariance() throws {
        let values = (0..<100).map { Float($0 == 17 ? 5 : 1) }
        let variance = 0.01 * 0.99
        #expect(abs(try #require(participation(values)) - 100 * variance / (1 - 3 * variance)) < 1e-12)
        #expect(participation([2, 2, 2]) == nil)
        #expect(participation([]) == nil)
        #expect(participation([1, .nan]) == nil)
    }

    /// 90 of 100 by the first alone; of 6 + 3 + 1, nine tenths by two.
    @Test func carriersByHand() throws {
        let one = try #require(try Carriers([-90, 5, 5]))
        #expect((one.count, one.total) == (1, 3))
        #expect(one.share == 0.9)
        #expect(one.probability == 1.0 / 3)
        let two = try #require(try Carriers([1, 3, 6]))
        #expect(two.count == 2)
        #expect(two.share == 0.9)
        let weighted = try #require(try Carriers([1, 1000, 8], weights: [98, 1, 1]))
        #expect(weighted.count == 1)
        #expect(weighted.probability == 0.01)
        #expect(weighted.share == 1000.0 / 1106)
        #expect(try Carriers([0, 0]) == nil)
    }

    /// Of probability 1/100: 999 draws meet fewer than ten.
    @Test func aSmallSampleMayMissThem() throws {
        let carriers = try #require(try Carriers([1, 1000, 8], weights: [98, 1, 1]))
        #expect(carriers.areMissed(by: 999))
        #expect(!carriers.areMissed(by: 1000))
    }

    @Test func ofNoDistributionIsAnError() {
        #expect(throws: StatisticsError.empty) { try Carriers([]) }
        #expect(throws: StatisticsError.weights(found: 1, expected: 2)) { try Carriers([1, 2], weights: [1]) }
    }
}
