import ScrubCore
import ScrubData
import ScrubHypothesis
import ScrubPlan
import Testing

/// Tables as the sampler draws them: each row by its own name, however many are drawn at a time.
@Suite struct SamplerTests {
    private static let tables = [
        Table(key: "reference"), Table(key: "a", feature: "f", parent: 0), Table(key: "a/others"),
        Table(key: "a/b", feature: "f", parent: 1),
    ]

    private func sampler(_ weights: [Double]? = nil) throws -> Sampler {
        let labels = (0..<60).map { Int32($0 % 7) }
        return try Sampler(
            tables: Self.tables, features: ["f": ClassIndex(labels: labels, weights: weights)],
            everything: .everything(60, weights: weights), seed: 11)
    }

    @Test func everyRowIsThatOfItsName() throws {
        for weights in [nil, (0..<60).map { Double($0 % 4) }] {
            let drawn = try sampler(weights).draw(3..<1000)
            let index = ClassIndex(labels: (0..<60).map { Int32($0 % 7) }, weights: weights)
            for (number, table) in Self.tables.enumerated() {
                let stream = RandomStream(seed: 11, key: Digest(table.key).prefix64)
                for place in 0..<997 {
                    let bits = stream.bits(replicate: UInt64(3 + place))
                    let row =
                        table.parent.map { index.draw(likeRow: drawn[$0][place], bits: bits) }
                        ?? ClassIndex.everything(60, weights: weights).draw(likeRow: 0, bits: bits)
                    #expect(drawn[number][place] == row)
                }
            }
        }
    }

    @Test func chunksIntoMemoryAreTheWhole() throws {
        let sampler = try sampler()
        let whole = try sampler.draw(0..<1000)
        for part in [0..<1, 1..<513, 513..<1000] {
            let memory = UnsafeMutableBufferPointer<Int32>.allocate(capacity: 4 * part.count)
            defer { memory.deallocate() }
            memory.initialize(repeating: -1)
            try sampler.draw(
                part,
                into: (0..<4).map {
                    UnsafeMutableBufferPointer(rebasing: memory[$0 * part.count..<($0 + 1) * part.count])
                })
            #expect(Array(memory) == whole.flatMap { $0[part] })
        }
    }

    @Test func aSamplerThatLeavesTheDataIsStopped() throws {
        struct Next: DatumSampler {
            func draw(likeRow given: Int32, bits: UInt64) -> Int32? { given == 59 ? nil : given + 2 }
            func permits(_ row: Int32, likeRow given: Int32) -> Bool { true }
        }
        let sampler = try Sampler(tables: Self.tables, features: ["f": Next()], everything: .everything(60), seed: 11)
        let reference = try self.sampler().draw(0..<1000)[0]
        let place = try #require(reference.firstIndex { $0 >= 58 })
        let expected =
            reference[place] == 58
            ? SamplingError.outside(key: "a", row: 60, rows: 60)
            : SamplingError.emptyClass(key: "a", feature: "f", row: 59)
        #expect(throws: expected) { try sampler.draw(0..<1000) }
    }
}
