/// Numbers of classes by hash, in slots that follow one another where hashes meet (linear probing).
struct ClassTable {
    /// Half of a hash (high) and the number of a class plus one (low); 0 where nothing is. At most three quarters are
    /// taken.
    private var slots = [UInt64](repeating: 0, count: 1024)
    private(set) var count = 0

    /// The class of this hash for which `isIt`; a new one, the number of those before it, where there is none.
    @inline(__always)
    mutating func find(_ hash: UInt64, _ isIt: (Int) -> Bool) -> Int {
        let tag = hash >> 32
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: tag) & mask
        let found: Int? = slots.withUnsafeBufferPointer { slots in
            while slots[slot] != 0 {
                let c = Int(truncatingIfNeeded: slots[slot] & 0xFFFF_FFFF) - 1
                if slots[slot] >> 32 == tag && isIt(c) { return c }
                slot = (slot + 1) & mask
            }
            return nil
        }
        if let found { return found }
        slots[slot] = tag << 32 | UInt64(truncatingIfNeeded: count + 1)
        count += 1
        if count * 4 > slots.count * 3 { grow() }
        return count - 1
    }

    @inline(never)
    private mutating func grow() {
        let old = slots
        slots = [UInt64](repeating: 0, count: old.count * 2)
        let mask = slots.count - 1
        for entry in old where entry != 0 {
            var slot = Int(truncatingIfNeeded: entry >> 32) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = entry
        }
    }
}
