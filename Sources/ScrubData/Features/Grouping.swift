/// Rows put into classes by hashing, classes numbered in order of first appearance: an open-addressing table whose
/// keys are rows, so that a row of any width costs no allocation.
struct Grouping {
    /// [row] its class.
    private(set) var classOf: [Int32] = []
    /// [class] its first row.
    private(set) var firstRows: [Int32] = []

    /// - Parameters:
    ///   - hash: of a row; rows that are equal must have equal hashes.
    ///   - equal: whether two rows are; an equivalence.
    /// - Complexity: O(count) calls of both, expected.
    init(count: Int, hash: (Int) -> UInt64, equal: (Int, Int) -> Bool) {
        classOf.reserveCapacity(count)
        var hashes: [UInt64] = []
        // Slots hold a class, or -1; at most half are taken.
        var slots = [Int32](repeating: -1, count: 1024)
        for row in 0..<count {
            let h = hash(row)
            var slot = Int(truncatingIfNeeded: h) & (slots.count - 1)
            while true {
                let c = slots[slot]
                if c < 0 {
                    slots[slot] = Int32(firstRows.count)
                    classOf.append(Int32(firstRows.count))
                    firstRows.append(Int32(row))
                    hashes.append(h)
                    break
                }
                if hashes[Int(c)] == h, equal(Int(firstRows[Int(c)]), row) {
                    classOf.append(c)
                    break
                }
                slot = (slot + 1) & (slots.count - 1)
            }
            if firstRows.count * 2 > slots.count { slots = Self.table(of: hashes, size: slots.count * 4) }
        }
    }

    private static func table(of hashes: [UInt64], size: Int) -> [Int32] {
        var slots = [Int32](repeating: -1, count: size)
        for (c, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & (size - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = Int32(c)
        }
        return slots
    }

    /// A hash of 64 bits in which every bit depends on every bit of `x`: the finaliser of SplitMix64
    /// (G. L. Steele, D. Lea, C. H. Flood, OOPSLA 2014, <https://doi.org/10.1145/2660193.2660195>).
    static func mixed(_ x: UInt64) -> UInt64 {
        var x = x &+ 0x9E37_79B9_7F4A_7C15
        x = (x ^ x >> 30) &* 0xBF58_476D_1CE4_E5B9
        x = (x ^ x >> 27) &* 0x94D0_49BB_1331_11EB
        return x ^ x >> 31
    }
}
