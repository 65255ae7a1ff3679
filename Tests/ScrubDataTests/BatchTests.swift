import ScrubCore
import ScrubData
import Testing

/// Draws of many replicates at a time are those of each, and those of the definition.
@Suite struct BatchTests {
    private static let stream = RandomStream(seed: 5, key: 0x8000_0000_0000_0001)

    private static func random(_ count: Int, below bound: UInt64, _ key: UInt64) -> [UInt64] {
        let stream = RandomStream(seed: 1, key: key)
        return (0..<count).map { stream.bits(replicate: UInt64($0)) % bound }
    }

    /// Weights of every kind: some zero, some that run into each other when they are added up, near the least and
    /// the greatest of all numbers.
    private static let weights: [[Double]] = [
        random(3000, below: 4, 1).map { Double($0) },
        random(3000, below: 1 << 53, 2).map { Double($0) * 0x1p-53 },
        random(3000, below: 1 << 11, 3).map { Double(sign: .plus, exponent: Int($0) - 1060, significand: 1) },
        random(3000, below: 3, 4).map { Double($0) * .leastNonzeroMagnitude },
        (0..<3000).map { $0 == 2998 ? 1 : 0 },
    ]

    /// The first member whose running sum exceeds, found by looking at all of them.
    private func drawn(_ index: ClassIndex, like row: Int32, _ bits: UInt64) -> Int32? {
        let members = index.offsets[Int(index.classOf[Int(row)])]..<index.offsets[Int(index.classOf[Int(row)]) + 1]
        guard let sums = index.cumulativeWeights else {
            return index.rows[members.lowerBound + Int(bits.multipliedFullWidth(by: UInt64(members.count)).high)]
        }
        let total = sums[members.upperBound - 1]
        if total == 0 { return nil }
        let threshold = min(Double(bits >> 11) * 0x1p-53 * total, total.nextDown)
        return members.first { sums[$0] > threshold }.map { index.rows[$0] }
    }

    private func drawn(
        _ index: some DatumSampler, like given: [Int32]?, count: Int, from first: UInt64
    ) -> (rows: [Int32], missing: Int?) {
        var rows = [Int32](repeating: -1, count: count)
        let missing = rows.withUnsafeMutableBufferPointer { rows in
            guard let given else { return index.draw(likeRows: nil, from: first, of: Self.stream, into: rows) }
            return given.withUnsafeBufferPointer {
                index.draw(likeRows: $0, from: first, of: Self.stream, into: rows)
            }
        }
        return (rows, missing)
    }

    private func check(_ index: ClassIndex, like given: [Int32]?, count: Int, from first: UInt64) {
        let expected = (0..<count).map { place in
            let bits = Self.stream.bits(replicate: first + UInt64(place))
            let one = index.draw(likeRow: given?[place] ?? 0, bits: bits)
            #expect(one == drawn(index, like: given?[place] ?? 0, bits))
            return one
        }
        let (rows, missing) = drawn(index, like: given, count: count, from: first)
        #expect(missing == expected.firstIndex(of: nil))
        let made = missing ?? count
        #expect(rows[..<made].elementsEqual(expected[..<made].compactMap(\.self)))
    }

    @Test(arguments: [0, 1, 511, 512, 513, 2000])
    func unweighted(count: Int) {
        let labels = Self.random(3000, below: 37, 9).map { Int32($0) }
        let given = Self.random(count, below: 3000, 10).map { Int32($0) }
        check(ClassIndex(labels: labels), like: given, count: count, from: 0xFFFF_FF00)
        check(.everything(3000), like: nil, count: count, from: 3)
        check(.identity(3000), like: given, count: count, from: 0)
    }

    @Test(arguments: weights.indices)
    func weighted(kind: Int) {
        let weights = Self.weights[kind]
        for classes in [1, 7, 800] as [UInt64] {
            let labels = Self.random(3000, below: classes, classes).map { Int32($0) }
            let index = ClassIndex(labels: labels, weights: weights)
            let given = Self.random(2000, below: 3000, 11).map { Int32($0) }
            check(index, like: given, count: 2000, from: 12)
        }
        check(.everything(3000, weights: weights), like: nil, count: 700, from: 1)
    }

    /// The bits at which one interval of the guide ends and the next begins.
    @Test(arguments: weights.indices)
    func intervalsOfTheGuideMeet(kind: Int) {
        let index = ClassIndex.everything(3000, weights: Self.weights[kind])
        for rank in 1..<3000 as Range<UInt64> {
            let first = (3000 as UInt64).dividingFullWidth((rank, 2999)).quotient
            for bits in [first &- 2049, first &- 1, first, first &+ 1, first | 2047] {
                #expect(index.draw(likeRow: 0, bits: bits) == drawn(index, like: 0, bits))
            }
        }
    }

    @Test func aClassWithoutWeightEndsTheDraw() {
        let index = ClassIndex(labels: [0, 0, 1], weights: [0, 0, 1])
        let (rows, missing) = drawn(index, like: [2, 2, 1, 2], count: 4, from: 0)
        #expect(rows == [2, 2, -1, -1] && missing == 2)
    }

    /// A program's own sampler need not know of batches.
    @Test func ofASamplerThatDrawsOneByOne() {
        struct Next: DatumSampler {
            func draw(likeRow given: Int32, bits: UInt64) -> Int32? {
                given == 9 ? nil : given + Int32(truncatingIfNeeded: bits & 1)
            }
            func permits(_ row: Int32, likeRow given: Int32) -> Bool { row - given < 2 }
        }
        let (rows, missing) = drawn(Next(), like: [4, 4, 4, 9], count: 4, from: 6)
        let bits = (6..<9).map { Int32(truncatingIfNeeded: Self.stream.bits(replicate: $0) & 1) }
        #expect(rows == [4 + bits[0], 4 + bits[1], 4 + bits[2], -1] && missing == 3)
    }
}
