extension VectorMath {
    /// `tanh x`, within 3 units in the last place; ±1 at infinity, NaN stays NaN.
    ///
    /// Below 0.625 an odd polynomial, since `1 - 2 / (e^2x + 1)` would cancel there.
    @inline(__always)
    public static func tanh(_ x: Vector) -> Vector {
        let (a, z) = (magnitude(x), x * x)
        let p = polynomial(
            z, -0.005_704_986_863, 0.020_639_088_005, -0.053_739_715_368, 0.133_314_415_812, -0.333_332_806_826)
        let small = a + a * (z * p)
        let large = 1 - 2 / (exp(a + a) + 1)
        return withSign(of: x, select(below(a, 0.625), small, large))
    }
}
