extension RandomStream {
    /// 64 random bits for each of the replicates from `first` on: `bits(replicate:)` of each, eight at a time.
    ///
    /// - Complexity: O(replicates).
    public func fill(_ bits: UnsafeMutableBufferPointer<UInt64>, from first: UInt64) {
        guard let base = bits.baseAddress else { return }
        var counter = Lanes.Word(0, 1, 2, 3, 4, 5, 6, 7) &+ Lanes.Word(repeating: first)
        var place = 0
        while place + 8 <= bits.count {
            UnsafeMutableRawPointer(base + place)
                .storeBytes(of: Lanes(counter, key: key).bits(seed: seed), as: Lanes.Word.self)
            counter = counter &+ Lanes.Word(repeating: 8)
            place += 8
        }
        if place == bits.count { return }
        let last = Lanes(counter, key: key).bits(seed: seed)
        for lane in 0..<bits.count - place { bits[place + lane] = last[lane] }
    }
}

/// Eight blocks of Philox 4x32-10 whose counters differ in their low half, a lane each.
///
/// A lane holds one word in the low half of 64 bits; of what its high half holds, nothing is read. So a product of words
/// is one multiplication, and what it leaves low and high takes no more than a shift. Every operand has this one type:
/// the compiler makes loops over lanes of the operators of a generic vector.
private struct Lanes {
    typealias Word = SIMD8<UInt64>

    private var word0: Word
    private var word1: Word
    private var word2: Word
    private var word3: Word

    @inline(__always)
    init(_ replicates: Word, key: UInt64) {
        word0 = replicates
        word1 = replicates &>> Word(repeating: 32)
        word2 = Word(repeating: key)
        word3 = Word(repeating: key >> 32)
    }

    /// Words 1 (high) and 0 (low) of the blocks under `seed`.
    @inline(__always)
    consuming func bits(seed: UInt64) -> Word {
        let (k0, k1) = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
        // Written out, since the compiler does not unroll a loop over these.
        round(k0, k1)
        round(k0 &+ 1 &* 0x9E37_79B9, k1 &+ 1 &* 0xBB67_AE85)
        round(k0 &+ 2 &* 0x9E37_79B9, k1 &+ 2 &* 0xBB67_AE85)
        round(k0 &+ 3 &* 0x9E37_79B9, k1 &+ 3 &* 0xBB67_AE85)
        round(k0 &+ 4 &* 0x9E37_79B9, k1 &+ 4 &* 0xBB67_AE85)
        round(k0 &+ 5 &* 0x9E37_79B9, k1 &+ 5 &* 0xBB67_AE85)
        round(k0 &+ 6 &* 0x9E37_79B9, k1 &+ 6 &* 0xBB67_AE85)
        round(k0 &+ 7 &* 0x9E37_79B9, k1 &+ 7 &* 0xBB67_AE85)
        round(k0 &+ 8 &* 0x9E37_79B9, k1 &+ 8 &* 0xBB67_AE85)
        round(k0 &+ 9 &* 0x9E37_79B9, k1 &+ 9 &* 0xBB67_AE85)
        return word1 &<< Word(repeating: 32) | word0 & Word(repeating: 0xFFFF_FFFF)
    }

    @inline(__always)
    private mutating func round(_ k0: UInt32, _ k1: UInt32) {
        let low = Word(repeating: 0xFFFF_FFFF)
        let a: Word = (word0 & low) &* Word(repeating: 0xD251_1F53)
        let b: Word = (word2 & low) &* Word(repeating: 0xCD9E_8D57)
        let (highA, highB): (Word, Word) = (a &>> Word(repeating: 32), b &>> Word(repeating: 32))
        word0 = highB ^ word1 ^ Word(repeating: UInt64(k0))
        word2 = highA ^ word3 ^ Word(repeating: UInt64(k1))
        word1 = b
        word3 = a
    }
}
