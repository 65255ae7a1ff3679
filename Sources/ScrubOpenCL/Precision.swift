/// How much of a product's factors enters it. Products are summed in float32 in any case, and everything that is no product
/// with weights is float32, but attention's two products where they are made on tensor cores.
public enum Precision: String, Hashable, Sendable, CaseIterable, Codable {
    /// All 24 bits of float32.
    case exact
    /// 11 bits of mantissa, ties away from zero: the tf32 of NVIDIA's tensor cores.
    case tf32
    /// 8 bits of mantissa, ties to even: bfloat16.
    case bf16
    /// Half precision: 11 bits of mantissa, ties to even, fewer below 2^-14 in size; 65,520 and more are infinite.
    case f16

    /// What kernels call it: their define PRECISION.
    var number: Int {
        switch self {
        case .exact: 0
        case .tf32: 1
        case .bf16: 2
        case .f16: 3
        }
    }

    /// The largest relative error of one factor.
    public var roundoff: Double {
        switch self {
        case .exact: 0
        case .tf32, .f16: 0x1p-11
        case .bf16: 0x1p-8
        }
    }
}
