import ScrubCPU
import ScrubCore
import ScrubOps
import ScrubPlan
import Testing

/// Attention is its pattern and the mixing of values, to the last bit: what lets a planner put the two together.
@Suite struct AttentionPatternTests {
    private struct Draw: CustomStringConvertible {
        var (queries, keys, inner, width) = (0, 0, 0, 0)
        var causal = false
        /// Tokens below this are drawn, 0 being masked: 1 masks every key; nil is no mask.
        var masked: Int?
        var at: [Int]?

        init(_ number: Int) {
            var next: UInt64 = 0
            func draw(_ bound: Int) -> Int {
                next += 1
                return Int(RandomStream(seed: 3, key: UInt64(number)).bits(replicate: next) % UInt64(bound))
            }
            keys = number % 7 == 0 ? 1 : 1 + draw(number % 5 == 0 ? 300 : 40)
            (inner, width) = (1 + draw(33), 1 + draw(40))
            causal = draw(2) == 0
            masked = [nil, 1, 2, 4][draw(4)]
            let some = (0..<(draw(3) == 0 ? 1 : 1 + draw(30))).map { _ in draw(keys) }
            at = draw(2) == 0 ? some : nil
            queries = at?.count ?? (causal ? keys : some.count)
        }

        var description: String { "\(queries) by \(keys), \(inner), \(width), \(causal), \(masked ?? -1), \(at ?? [])" }
    }

    /// Both forms on two rows, the second with scores so far apart that shares underflow to 0.
    private func plan(_ draw: Draw) throws -> PlanBuilder {
        var b = PlanBuilder(rows: 2)
        let (query, key) = (Axis(.position, draw.queries), Axis(.position, draw.keys))
        let (q, k) = (b.column("q", query, Axis(.head, draw.inner)), b.column("k", key, Axis(.head, draw.inner)))
        let v = b.column("v", key, Axis(.head, draw.width))
        var mask: [Int] = []
        if let masked = draw.masked {
            mask = [try b.step(.paddingMask(PaddingMask(token: 0)), b.column("tokens", key, below: masked))]
        }
        for scale in [Float(0.5), 200] {
            let fused = Attention(causal: draw.causal, scale: scale, queries: draw.at)
            let apart = AttentionPattern(causal: draw.causal, scale: scale, queries: draw.at)
            b.root("fused \(scale)", try b.step(.attention(fused), [q, k, v] + mask))
            let pattern = try b.step(.attentionPattern(apart), [q, k] + mask)
            b.root("apart \(scale)", try b.step(.mixValues(MixValues()), pattern, v))
        }
        return b
    }

    private func expectSameBits(_ b: PlanBuilder, _ note: String) throws {
        for set in InstructionSet.allCases where set.isSupported {
            let found = try CPUBackend(instructionSet: set).prepare(b.plan).run(b.bindings()).roots
            for scale in [Float(0.5), 200] {
                let fused = try #require(found["fused \(scale)"]?.floats).map(\.bitPattern)
                let apart = try #require(found["apart \(scale)"]?.floats).map(\.bitPattern)
                #expect(fused == apart, "\(set), scale \(scale), \(note)")
            }
        }
    }

    @Test(arguments: 0..<80) func attentionIsItsPatternAndTheMixing(number: Int) throws {
        let draw = Draw(number)
        try expectSameBits(try plan(draw), "\(draw)")
    }

    /// Keys that take no part are left out of either sum, so that not even NaN comes in by them.
    @Test(arguments: 0..<20) func alsoWhereValuesAreNotFinite(number: Int) throws {
        var draw = Draw(number)
        (draw.causal, draw.at, draw.queries) = (true, nil, draw.keys)
        var b = try plan(draw)
        var values = try #require(b.inputs[.column("v")]?.floats)
        for at in stride(from: draw.keys / 2 * draw.width, to: draw.keys * draw.width, by: 3) { values[at] = .infinity }
        b.inputs[.column("v")] = HostTensor([2, draw.keys, draw.width], values)
        try expectSameBits(b, "\(draw)")
    }

    @Test func sharesAddUpToOneAndThoseOfLaterKeysAreZero() throws {
        var b = PlanBuilder(rows: 3)
        let axes = (Axis(.position, 19), Axis(.head, 6))
        let (q, k) = (b.column("q", axes.0, axes.1), b.column("k", axes.0, axes.1))
        b.root("pattern", try b.step(.attentionPattern(AttentionPattern(causal: true, scale: 1)), q, k))
        let pattern = try #require(try CPUBackend().prepare(b.plan).run(b.bindings()).roots["pattern"]?.floats)
        for row in 0..<3 {
            for i in 0..<19 {
                let shares = pattern[(row * 19 + i) * 19..<(row * 19 + i + 1) * 19]
                #expect(abs(shares.reduce(0, +) - 1) < 1e-5)
                #expect(shares.dropFirst(i + 1).allSatisfy { $0 == 0 } && shares.prefix(i + 1).allSatisfy { $0 > 0 })
            }
        }
    }
}
