/// Rows put into classes, classes numbered in order of first appearance.
struct Grouping {
    /// [row] its class.
    let classOf: [Int32]
    /// [class] its first row.
    let firstRows: [Int32]

    init(classOf: [Int32], firstRows: [Int32]) {
        self.classOf = classOf
        self.firstRows = firstRows
    }

    /// By hashing, in an open-addressing table whose keys are rows, so that a row of any width costs no allocation.
    ///
    /// - Parameters:
    ///   - hash: of a row; rows that are equal must have equal hashes.
    ///   - equal: whether two rows are, the first of them one that came before; an equivalence.
    /// - Complexity: O(count) calls of both, expected; 16 to 32 bytes for each class.
    @inline(__always)
    init(count: Int, hash: (Int) -> UInt64, equal: (Int, Int) -> Bool) {
        var (firstRows, table) = ([Int32](), ClassTable())
        classOf = [Int32](unsafeUninitializedCapacity: count) { classOf, initialised in
            for row in 0..<count {
                let c = table.find(hash(row)) { equal(Int(firstRows[$0]), row) }
                if c == firstRows.count { firstRows.append(Int32(truncatingIfNeeded: row)) }
                classOf[row] = Int32(truncatingIfNeeded: c)
            }
            initialised = count
        }
        self.firstRows = firstRows
    }

    /// By a table of all numbers from `least` to `greatest`.
    ///
    /// - Parameter number: of a row; nil is a class of its own.
    /// - Complexity: O(count + greatest - least); 4 bytes for each number between.
    @inline(__always)
    init(count: Int, from least: Int64, to greatest: Int64, number: (Int) -> Int64?) {
        var firstRows: [Int32] = []
        // The last for rows without a number.
        let missing = Int(greatest &- least) + 1
        var classes = [Int32](repeating: -1, count: missing + 1)
        classOf = classes.withUnsafeMutableBufferPointer { classes in
            [Int32](unsafeUninitializedCapacity: count) { classOf, initialised in
                for row in 0..<count {
                    let place = number(row).map { Int($0 &- least) } ?? missing
                    var c = classes[place]
                    if c < 0 {
                        c = Int32(truncatingIfNeeded: firstRows.count)
                        classes[place] = c
                        firstRows.append(Int32(truncatingIfNeeded: row))
                    }
                    classOf[row] = c
                }
                initialised = count
            }
        }
        self.firstRows = firstRows
    }

    /// Of integers: by a table where they lie so near each other that it is small, otherwise by hashing.
    @inline(__always)
    init(count: Int, integer: (Int) -> Int64?) {
        var (least, greatest) = (Int64.max, Int64.min)
        for row in 0..<count {
            guard let value = integer(row) else { continue }
            least = min(least, value)
            greatest = max(greatest, value)
        }
        let (span, overflow) = greatest.subtractingReportingOverflow(least)
        if least > greatest {
            self.init(count: count, from: 0, to: 0, number: integer)
        } else if !overflow, span < max(1 << 16, 2 * Int64(count)) {
            self.init(count: count, from: least, to: greatest, number: integer)
        } else {
            self.init(
                count: count, hash: { integer($0).map { Self.mixed(UInt64(bitPattern: $0)) } ?? 0x6e75_6c6c },
                equal: { integer($0) == integer($1) })
        }
    }

    /// A hash of 64 bits in which every bit depends on every bit of `x`: the finaliser of SplitMix64
    /// (G. L. Steele, D. Lea, C. H. Flood, OOPSLA 2014, <https://doi.org/10.1145/2660193.2660195>).
    @inline(__always)
    static func mixed(_ x: UInt64) -> UInt64 {
        var x = x &+ 0x9E37_79B9_7F4A_7C15
        x = (x ^ x >> 30) &* 0xBF58_476D_1CE4_E5B9
        x = (x ^ x >> 27) &* 0x94D0_49BB_1331_11EB
        return x ^ x >> 31
    }
}
