import ScrubCore
import ScrubOpenCL
import ScrubOps
import ScrubPlan
import Testing

/// What is kept in half precision is what was computed, rounded to nearest, ties to even; and nothing else is rounded.
@Suite struct StorageTests {
    let rows = 9, table: [Int32] = [3, 0, 8, 8, 1, 2, 5, 4, 7, 6, 3]

    /// Gathers, one by one and in sums over lists of positions, of what is computed and of what is bound.
    ///
    /// - Parameter width: of a position; of multiples of 4, four elements move at once.
    func sketch(width: Int, _ x: [Float]) throws -> Sketch {
        let shape: Shape = [Axis(.position, 3), Axis(.model, width)]
        var s = Sketch()
        s.plan.chunks = Chunks(dataset: 4, replicates: 5)
        let bound = s.bind(.column("x"), shape, HostTensor([rows, 3, width], x))
        func zeros(positions: Int, _ name: String) -> Int {
            let tensor = HostTensor([positions, width], [Float](repeating: 0, count: positions * width))
            return s.bind(.weight(name, slice: nil), [Axis(.position, positions), Axis(.model, width)], tensor)
        }
        let zero = zeros(positions: 3, "zero")
        let kept = try s.step("kept", .sum(Sum()), [bound, zero])
        // Read on the dataset axis too, where it is not rounded.
        let twice = try s.step("two of each", .sum(Sum()), [kept, kept])
        _ = try s.step("twice", .sum(Sum()), [twice, zero], root: true)
        let gathered = try s.step("gathered rows", .gather(Gather(table: 0)), [kept])
        _ = try s.step("column", .gather(Gather(table: 0)), [bound], root: true)
        let terms = [
            ResampleGather.Term(table: 0, positions: [2, nil]), ResampleGather.Term(table: 0, positions: [0, 1]),
            ResampleGather.Term(table: nil, positions: [nil, 0]),
        ]
        let term = try s.step("scaled", .sum(Sum()), [gathered, gathered])
        let sums = try s.step("sum of rows", .resampleGather(ResampleGather(terms)), [kept, bound, term])
        // What a returned step reads is kept as it is, so each is returned two steps later, as it was.
        for (name, value, zero) in [("gathered", gathered, zero), ("sums", sums, zeros(positions: 2, "few"))] {
            let same = try s.step("the same \(name)", .sum(Sum()), [value, zero])
            _ = try s.step(name, .sum(Sum()), [same, zero], root: true)
        }
        let exact = try s.step("other", .sum(Sum()), [bound, zero])
        let measured = try s.step("measured rows", .gather(Gather(table: 0)), [exact])
        _ = try s.step("measured", .sum(Sum()), [measured, zero], root: true)
        return s
    }

    func roots(_ sketch: Sketch, _ storage: Storage) throws -> (roots: [String: [Float]], peak: Int) {
        let backend = try OpenCLBackend(device: #require(device), storage: storage)
        let prepared = try backend.prepare(sketch.plan)
        let result = try prepared.run(
            Bindings(datasetRows: rows, replicates: table.count, inputs: sketch.bound, tables: [table]))
        let peak = result.record.peakBytes
        #expect(peak == prepared.peakBytes(datasetRows: rows, replicates: table.count))
        return (result.roots.mapValues { $0.floats ?? [] }, peak)
    }

    /// Ordinary numbers; those that halves round, hold as subnormal ones, or do not hold; ties either way.
    @Test(arguments: [4, 7]) func isRoundedOnce(width: Int) throws {
        let special: [Float] = [
            1 + 0x1p-11, 1 + 0x3p-11, -1 - 0x1p-12, 65_504, 65_519, 65_520, -1e30, 0x1p-14, 0x1.8p-15, 0x1p-24, 0x1p-25,
            0x1.8p-25,
            0x1p-26, .infinity,
        ]
        let count = rows * 3 * width
        let x = numbers(count - special.count, seed: 4) + special
        let (found, peak) = try roots(try sketch(width: width, x), .f16)
        let (exact, exactPeak) = try roots(try sketch(width: width, x), .f32)
        func half(_ x: Float) -> Float { Float(Float16(x)) }
        func element(_ row: Int, _ position: Int, _ e: Int) -> Float { x[(row * 3 + position) * width + e] }
        for (place, row) in table.enumerated() {
            for position in 0..<3 {
                for e in 0..<width {
                    let at = (place * 3 + position) * width + e
                    #expect(found["gathered"]?[at].bitPattern == half(element(Int(row), position, e)).bitPattern)
                    #expect(found["measured"]?[at].bitPattern == element(Int(row), position, e).bitPattern)
                    #expect(found["column"]?[at].bitPattern == element(Int(row), position, e).bitPattern)
                }
            }
            for e in 0..<width {
                let first = half(element(Int(row), 2, e)) + element(Int(row), 0, e)
                let second = element(Int(row), 1, e) + 2 * half(element(Int(row), 0, e))
                let at = place * 2 * width + e
                for (found, wanted) in [(found["sums"]?[at], first), (found["sums"]?[at + width], second)] {
                    #expect(found?.bitPattern == wanted.bitPattern || found?.isNaN == true && wanted.isNaN)
                }
            }
        }
        #expect(found["twice"] == exact["twice"] && found["twice"] == x.map { 2 * $0 })
        // What is rounded is computed in the arena first.
        #expect(peak < exactPeak + 4 * 4 * 3 * width)
    }

    /// Of many rows what is kept is what counts: half as much.
    @Test func takesHalfTheMemory() throws {
        let rows = 10_000
        let width = 64
        var s = Sketch()
        s.plan.chunks = Chunks(dataset: 10, replicates: 10)
        let shape: Shape = [Axis(.position, 1), Axis(.model, width)]
        let tokens = s.bind(
            .column("tokens"), [Axis(.position, 1)], HostTensor([rows, 1], [Int32](repeating: 1, count: rows)))
        let vocabulary = s.bind(
            .weight("W_E", slice: nil), [Axis(.vocabulary, 2), Axis(.model, width)],
            HostTensor([2, width], numbers(2 * width, seed: 1)))
        let positions = s.bind(
            .weight("W_pos", slice: nil), shape, HostTensor([1, width], numbers(width, seed: 2)))
        let kept = try s.step("kept", .embed(Embed()), [tokens, vocabulary, positions])
        let gathered = try s.step("gathered", .gather(Gather(table: 0)), [kept])
        let twice = try s.step("twice", .sum(Sum()), [gathered, gathered])
        _ = try s.step("four times", .sum(Sum()), [twice, twice], root: true)
        let peaks = try [Storage.f32, .f16].map { storage in
            try OpenCLBackend(device: #require(device), storage: storage).prepare(s.plan)
                .peakBytes(datasetRows: rows, replicates: 10)
        }
        #expect(peaks[0] - peaks[1] >= rows * width * 2 - 10 * width * 4)
    }
}
