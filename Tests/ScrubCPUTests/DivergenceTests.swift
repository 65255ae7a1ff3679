import ScrubCPU
import ScrubCore
import ScrubOps
import ScrubPlan
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Divergences over more classes than are added in double precision one by one.
@Suite struct DivergenceTests {
    /// Rows of P's and Q's logits, `[row, 1, class]`, and what every instruction set makes of them.
    private func divergences(_ p: [[Float]], _ q: [[Float]]) throws -> [Float] {
        let count = p[0].count
        var b = PlanBuilder(rows: p.count)
        let logits = ["p", "q"].map { b.column($0, Axis(.position, 1), Axis(.logit, count)) }
        for (name, rows) in [("p", p), ("q", q)] {
            b.inputs[.column(name)] = HostTensor([rows.count, 1, count], rows.flatMap { $0 })
        }
        b.root("y", try b.step(.klDivergence(KLDivergence()), logits))
        let found = try InstructionSet.allCases.filter(\.isSupported).map { set in
            try #require(try CPUBackend(instructionSet: set).prepare(b.plan).run(b.bindings()).roots["y"]?.floats)
        }
        for other in found { #expect(other.map(\.bitPattern) == found[0].map(\.bitPattern)) }
        return found[0]
    }

    private func exact(_ p: [Float], _ q: [Float]) -> Double {
        func logarithms(_ x: [Float]) -> [Double] {
            let most = Double(x.max() ?? 0)
            let rest = log(x.reduce(0) { $0 + exp(Double($1) - most) })
            return x.map { Double($0) - most - rest }
        }
        return zip(logarithms(p), logarithms(q)).reduce(0) { sum, pair in
            let (mass, d) = (exp(pair.0), pair.1 - pair.0)
            return sum + (d > 1 ? exp(pair.1) - mass * (1 + d) : mass * (expm1(d) - d))
        }
    }

    /// ε = 2 (10 + 2 √n + max Δ) u, Δ the range of logits, at most 88, below which a share is 0: the error of both
    /// distributions, to which a divergence near 0 is flat.
    @Test(arguments: [65, 79, 80, 81, 257], [1e-6, 1e-3, 0.3, 1.0, 30, 2e4] as [Float])
    func areThoseOfDoublePrecision(count: Int, apart: Float) throws {
        var numbers = Numbers(seed: UInt64(count))
        let p = (0..<8).map { _ in numbers.floats(count).map { 5 * $0 } }
        let q = p.map { row in zip(row, numbers.floats(count)).map { $0 + apart * $1 } }
        let error = 2 * (10 + 2 * Double(count).squareRoot() + min(10 + 2 * Double(apart), 88)) * 0x1p-24
        for (row, found) in try divergences(p, q).enumerated() {
            let expected = exact(p[row], q[row])
            #expect(abs(Double(found) - expected) <= error * expected + error * error, "row \(row)")
        }
    }

    @Test func equalDistributionsAreZeroApart() throws {
        var numbers = Numbers(seed: 5)
        let p = (0..<4).map { _ in numbers.floats(99).map { 30 * $0 } }
        let found = try divergences(p, p)
        #expect(found == [0, 0, 0, 0])
    }

    @Test(arguments: [0, 50, 98]) func aLogitThatIsNoNumberGivesNone(at place: Int) throws {
        var numbers = Numbers(seed: 6)
        let p = numbers.floats(99)
        var q = p
        q[place] = .nan
        let found = try divergences([p, q], [q, p])
        #expect(found.map(\.isNaN) == [true, true])
    }
}
