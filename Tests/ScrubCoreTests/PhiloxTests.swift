import ScrubCore
import Testing

/// Known answers for philox4x32-10 from Random123 (`kat_vectors`).
@Suite struct PhiloxTests {
    @Test func zeros() {
        let block = Philox4x32.block(counter: SIMD4(repeating: 0), key: SIMD2(repeating: 0))
        #expect(block == SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
    }

    @Test func ones() {
        let block = Philox4x32.block(counter: SIMD4(repeating: .max), key: SIMD2(repeating: .max))
        #expect(block == SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
    }

    @Test func digitsOfPi() {
        let block = Philox4x32.block(
            counter: SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), key: SIMD2(0xa409_3822, 0x299f_31d0))
        #expect(block == SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
    }

    @Test func streamLaysOutSeedKeyAndReplicate() {
        let zeros = RandomStream(seed: 0, key: 0)
        #expect(zeros.bits(replicate: 0) == 0xe169_c58d_6627_e8d5)
        let pi = RandomStream(seed: 0x299f_31d0_a409_3822, key: 0x0370_7344_1319_8a2e)
        #expect(pi.bits(replicate: 0x85a3_08d3_243f_6a88) == 0x94fd_cceb_d16c_fe09)
    }

    /// Eight lanes, what remains of eight, and counters past the low word and past all of them.
    @Test(arguments: [0, 5, 0xFFFF_FFF9, 0x1_2345_6789, .max - 20] as [UInt64])
    func manyAtATimeAreThoseOfEach(first: UInt64) {
        let stream = RandomStream(seed: 0x299f_31d0_a409_3822, key: 0x0370_7344_1319_8a2e)
        for count in [0, 1, 7, 8, 9, 16, 1003] {
            var bits = [UInt64](repeating: 0, count: count)
            bits.withUnsafeMutableBufferPointer { stream.fill($0, from: first) }
            #expect(bits == (0..<count).map { stream.bits(replicate: first &+ UInt64($0)) })
        }
    }
}
