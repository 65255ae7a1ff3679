import ScrubCore
import ScrubData
import ScrubOpenCL
import Testing

/// The device's draws are the host's, row for row.
@Suite struct DrawsTests {
    let count = 5000

    func expectSame(
        _ index: ClassIndex, like given: [Int32]?, from first: UInt64, seed: UInt64, key: UInt64, _ about: String
    ) throws {
        let classes = Draws.Classes(
            classOf: index.classOf, offsets: index.offsets, rows: index.rows,
            weights: index.cumulativeWeights.flatMap { sums in index.guide.map { (sums, $0) } })
        let stream = RandomStream(seed: seed, key: key)
        let found = try Draws(classes, on: OpenCLBackend(device: #require(device)))
            .rows(like: given, count: count, from: first, of: stream)
        let wanted = (0..<count).map { place in
            let bits = stream.bits(replicate: first &+ UInt64(place))
            return index.draw(likeRow: given?[place] ?? 0, bits: bits) ?? -1
        }
        #expect(found == wanted, "\(about)")
    }

    /// One class, few, and as many as rows.
    @Test(arguments: [1, 3, 257]) func ofClassesOfAnySize(classes: Int) throws {
        let rows = 257
        let labels = integers(rows, below: classes, seed: 5)
        let weights = numbers(rows, seed: 6).map { Double(max(0, $0)) }
        let given = integers(count, below: rows, seed: 7)
        for (weights, name) in [(nil, "alike"), (weights, "weighted")] as [([Double]?, String)] {
            let index = ClassIndex(labels: labels, weights: weights)
            try expectSame(index, like: given, from: 0, seed: 0, key: 1, "\(name), conditional")
            try expectSame(index, like: nil, from: 7, seed: 3, key: 9, "\(name), unconditional")
        }
    }

    /// Every word of counter and key has bits in it, and replicates carry from one word into the next.
    @Test(arguments: [0xFFFF_F000, 0x1234_5678_FFFF_FF00, 0xFFFF_FFFF_FFFF_FF00] as [UInt64])
    func ofReplicatesAcrossWords(first: UInt64) throws {
        let index = ClassIndex(labels: integers(100, below: 4, seed: 1))
        try expectSame(
            index, like: integers(count, below: 100, seed: 2), from: first, seed: 0xDEAD_BEEF_0BAD_F00D,
            key: 0xFEDC_BA98_7654_3210, "from \(first)")
    }

    /// Sums whose products round up to the total, weights that differ by many magnitudes, and a class without weight.
    @Test func ofExtremeWeights() throws {
        let labels: [Int32] = [0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 3]
        let weights = [Double.leastNonzeroMagnitude, 0, Double.leastNonzeroMagnitude, 1e-300, 1, 1e300, 0, 0, 0, 1, 0]
        let given = integers(count, below: labels.count, seed: 3)
        try expectSame(ClassIndex(labels: labels, weights: weights), like: given, from: 0, seed: 1, key: 2, "extreme")
    }
}
