extension ClassIndex {
    /// Where to begin the search for the member that random bits select by weight: aligned with `rows`, at place
    /// `start + rank` the first member of the class, counted from `start`, that bits of this `rank` can select.
    ///
    /// A guide table: as many intervals as members, of equal probability, each with the first member in it, so that a
    /// draw looks at less than two members on average, whatever the weights (H.-C. Chen and Y. Asau, "On generating random
    /// variates from an empirical distribution", AIIE Transactions 6(2), 1974, <https://doi.org/10.1080/05695557408974949>).
    /// An alias table (A. J. Walker, 1977) would look at no more than two, but give other rows for the same bits than the
    /// running sum does, by which plan files say that a draw is recomputed.
    ///
    /// - Parameter sums: running sums of weights inside each class, aligned with the rows.
    /// - Complexity: O(rows).
    static func guide(_ sums: [Double], offsets: [Int]) -> [Int32] {
        [Int32](unsafeUninitializedCapacity: sums.count) { guide, count in
            count = sums.count
            sums.withUnsafeBufferPointer { sums in
                for c in 0..<offsets.count - 1 {
                    let (start, end) = (offsets[c], offsets[c + 1])
                    let (members, total) = (Double(end - start), sums[end - 1])
                    var place = start
                    for rank in 0..<end - start {
                        // Bits of this rank are at least rank / members of all, and their first 53 less than 2^-53 below
                        // that; the quotient errs by less than 2^-53.
                        let least = max(0, Double(rank) / members - 0x1p-52)
                        if total > 0 {
                            let threshold = threshold(least, total)
                            while sums[place] <= threshold { place += 1 }
                        }
                        guide[start + rank] = Int32(truncatingIfNeeded: place - start)
                    }
                }
            }
        }
    }
}
