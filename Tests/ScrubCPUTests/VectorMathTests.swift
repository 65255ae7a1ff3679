import ScrubCPU
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Elementary functions against double precision, over every exponent of float, for every instruction set that this CPU
/// has.
@Suite struct VectorMathTests {
    private static let math = InstructionSet.allCases.compactMap { set in VectorMath(set).map { (set: set, math: $0) } }

    /// Every 4,099th bit pattern that is a finite float, both signs: half a million arguments; and a denser sweep where
    /// the functions are neither 0, 1 nor infinite.
    private static let arguments: [Float] =
        stride(from: UInt32(0), to: 0x7F80_0000, by: 8198).flatMap { bits in
            [Float(bitPattern: bits), -Float(bitPattern: bits)]
        }
        + (0..<200_000).flatMap { i in
            [1, -1, 0.52, -0.52, 0.1, -0.1, 0.01, -0.01].map { Float(i) * 0.001 * $0 }
        }

    /// Expects `f` within so many units in the last place of the exact result, and the same bits of every instruction
    /// set, wherever in a vector an argument stands.
    private func expect(
        within ulps: Double, _ f: (VectorMath) -> ([Float]) -> [Float], _ exact: (Double) -> Double
    ) {
        let expected = f(Self.math[0].math)(Self.arguments)
        var worst = (ulps: 0.0, at: Float(0))
        for (x, y) in zip(Self.arguments, expected) {
            let truth = exact(Double(x))
            let rounded = Float(truth)
            if !rounded.isFinite {
                if y != rounded { worst = (.infinity, x) }
                continue
            }
            let error = abs(Double(y) - truth) / Double(rounded.ulp)
            if !(error <= worst.ulps) { worst = (error, x) }
        }
        #expect(worst.ulps <= ulps, "at \(worst.at)")
        for (set, math) in Self.math {
            #expect(f(math)(Self.arguments).map(\.bitPattern) == expected.map(\.bitPattern), "\(set)")
            for count in 0..<40 {
                let few = Array(Self.arguments.suffix(count))
                #expect(f(math)(few).map(\.bitPattern) == expected.suffix(count).map(\.bitPattern), "\(set), \(count)")
            }
        }
    }

    @Test func expIsWithinTwoUnits() { expect(within: 2, { $0.exp }, Glibc.exp) }

    @Test func tanhIsWithinThreeUnits() { expect(within: 3, { $0.tanh }, Glibc.tanh) }

    @Test func erfIsWithinThreeUnits() { expect(within: 3, { $0.erf }, Glibc.erf) }

    @Test func reluIsExact() { expect(within: 0, { $0.relu }, { max($0, 0) }) }

    /// Φ loses its relative accuracy in the left tail, where 1 + erf cancels: the error is measured against x.
    @Test func gelusAreNearTheirFormulas() {
        func tanhForm(_ x: Double) -> Double {
            0.5 * x * (1 + Glibc.tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
        }
        func erfForm(_ x: Double) -> Double { 0.5 * x * (1 + Glibc.erf(x / 2.0.squareRoot())) }
        let x = Self.arguments.filter { abs($0) < 1e12 }
        for (set, math) in Self.math {
            for (name, y, exact) in [("erf", math.gelu(x), erfForm), ("tanh", math.geluTanh(x), tanhForm)] {
                let worst = zip(x, y).map { x, y in abs(Double(y) - exact(Double(x))) / Double(x.ulp) }.max() ?? 0
                #expect(worst <= 4, "\(set), \(name)")
            }
            #expect(math.gelu(x).map(\.bitPattern) == Self.math[0].math.gelu(x).map(\.bitPattern))
            #expect(math.geluTanh(x).map(\.bitPattern) == Self.math[0].math.geluTanh(x).map(\.bitPattern))
        }
    }

    @Test func limitsAndNaNPropagate() {
        let x: [Float] = [.infinity, -.infinity, .nan, -.nan, 0, -0.0, 104.5, -104.5]
        for (_, math) in Self.math {
            let (e, t, r, z) = (math.exp(x), math.tanh(x), math.erf(x), math.relu(x))
            #expect(e[0] == .infinity && e[1] == 0 && e[4] == 1 && e[5] == 1 && e[6] == .infinity && e[7] == 0)
            for y in [t, r] {
                #expect(y[0] == 1 && y[1] == -1 && y[6] == 1 && y[7] == -1)
                #expect(y[4] == 0 && y[4].sign == .plus && y[5] == 0 && y[5].sign == .minus)
            }
            #expect(z[0] == .infinity && z[1] == 0 && z[4] == 0 && z[5] == 0 && z[5].sign == .plus)
            for y in [e, t, r, z] { #expect(y[2].isNaN && y[3].isNaN) }
        }
    }
}
