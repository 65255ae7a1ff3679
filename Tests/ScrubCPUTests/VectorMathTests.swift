import ScrubCPU
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Elementary functions against double precision, over every exponent of float.
@Suite struct VectorMathTests {
    /// Every 4,099th bit pattern that is a finite float, both signs: half a million arguments.
    private static func arguments() -> [SIMD8<Float>] {
        var (all, vector, lane) = ([SIMD8<Float>](), SIMD8<Float>.zero, 0)
        for bits in stride(from: UInt32(0), to: 0x7F80_0000, by: 8198) {
            for sign: UInt32 in [0, 0x8000_0000] {
                vector[lane % 8] = Float(bitPattern: bits | sign)
                lane += 1
                if lane % 8 == 0 { all.append(vector) }
            }
        }
        return all
    }

    /// The largest error in units in the last place of the exact result, and where.
    private func largestError(
        _ arguments: [SIMD8<Float>], _ f: (SIMD8<Float>) -> SIMD8<Float>, _ exact: (Double) -> Double
    ) -> (ulps: Double, at: Float) {
        var worst = (ulps: 0.0, at: Float(0))
        for x in arguments {
            let y = f(x)
            for lane in 0..<8 {
                let truth = exact(Double(x[lane]))
                let rounded = Float(truth)
                if !rounded.isFinite {
                    if y[lane] != rounded { worst = (.infinity, x[lane]) }
                    continue
                }
                let error = abs(Double(y[lane]) - truth) / Double(rounded.ulp)
                if !(error <= worst.ulps) { worst = (error, x[lane]) }
            }
        }
        return worst
    }

    /// A denser sweep where the functions are neither 0, 1 nor infinite.
    private static let middle = (0..<200_000).map { i in
        SIMD8<Float>(repeating: Float(i) * 0.001) * SIMD8(1, -1, 0.52, -0.52, 0.1, -0.1, 0.01, -0.01)
    }

    @Test func expIsWithinTwoUnits() {
        let worst = largestError(Self.arguments() + Self.middle, VectorMath.exp, Glibc.exp)
        #expect(worst.ulps <= 2, "at \(worst.at)")
    }

    @Test func tanhIsWithinThreeUnits() {
        let worst = largestError(Self.arguments() + Self.middle, VectorMath.tanh, Glibc.tanh)
        #expect(worst.ulps <= 3, "at \(worst.at)")
    }

    @Test func erfIsWithinThreeUnits() {
        let worst = largestError(Self.arguments() + Self.middle, VectorMath.erf, Glibc.erf)
        #expect(worst.ulps <= 3, "at \(worst.at)")
    }

    @Test func reluIsExact() {
        #expect(largestError(Self.arguments(), VectorMath.relu) { max($0, 0) }.ulps == 0)
    }

    @Test func limitsAndNaNPropagate() {
        let x = SIMD8<Float>(.infinity, -.infinity, .nan, -.nan, 0, -0.0, 104.5, -104.5)
        let (e, t, r, z) = (VectorMath.exp(x), VectorMath.tanh(x), VectorMath.erf(x), VectorMath.relu(x))
        #expect(e[0] == .infinity && e[1] == 0 && e[4] == 1 && e[5] == 1 && e[6] == .infinity && e[7] == 0)
        for y in [t, r] {
            #expect(y[0] == 1 && y[1] == -1 && y[6] == 1 && y[7] == -1)
            #expect(y[4] == 0 && y[4].sign == .plus && y[5] == 0 && y[5].sign == .minus)
        }
        #expect(z[0] == .infinity && z[1] == 0 && z[4] == 0 && z[5] == 0)
        for y in [e, t, r, z] { #expect(y[2].isNaN && y[3].isNaN) }
    }
}
