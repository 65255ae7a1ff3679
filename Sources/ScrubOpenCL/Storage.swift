/// How values of the dataset axis are kept for gathers. Everything else is float32.
public enum Storage: String, Hashable, Sendable, CaseIterable, Codable {
    /// As they were computed.
    case f32
    /// Rounded to half precision, 11 bits of mantissa, ties to even: half the memory, and half as many bytes for each gather. What
    /// is 65,520 or more in size becomes infinite.
    case f16
}
