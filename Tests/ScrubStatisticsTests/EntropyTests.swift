import ScrubStatistics
import Testing

@Suite struct EntropyTests {
    @Test func ofEvenOutcomesIsTheLogarithm() throws {
        #expect(try entropyBits([3, 3, 3, 3]) == 2)
        #expect(try entropyBits([0, 7]) == 0)
        #expect(try entropyBits([1, 1, 2]) == 1.5)
    }

    @Test func isScipys() throws {
        let entropy = try Expected.read().entropy
        #expect(agree(try entropyBits(entropy.weights), entropy.bits, 1e-14))
    }

    @Test func hugeWeightsDoNotOverflow() throws {
        #expect(try entropyBits([1e308, 1e308]) == 1)
    }

    @Test func ofNoDistributionIsAnError() {
        #expect(throws: StatisticsError.empty) { try entropyBits([0]) }
        #expect(throws: StatisticsError.weight(-1, index: 1)) { try entropyBits([1, -1]) }
    }
}
