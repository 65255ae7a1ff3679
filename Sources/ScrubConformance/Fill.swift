internal import ScrubCore

/// What an input of a case holds, as a formula, so that no input is stored: `expected.py` repeats it from the same
/// words.
///
/// Element `i` of the input with key `k` has the 64 random bits of `RandomStream(seed: 0, key: Digest(k).prefix64)` at
/// replicate `i`.
public enum Fill: Hashable, Sendable, Codable {
    /// `low + (high - low) · (bits >> 11) · 2⁻⁵³`, computed in float64 and rounded to float32.
    case uniform(low: Double, high: Double)
    /// `low + bits mod (high - low)`, so that `high` itself does not occur.
    case integers(low: Int, high: Int)
    /// These values in turn, from the beginning again where they do not suffice. Rounded to float32, or integers as
    /// they are.
    case values([Double])

    /// Element by element, for the input with key `key`.
    func elements(_ count: Int, key: String) -> [Double] {
        let stream = RandomStream(seed: 0, key: Digest(key).prefix64)
        switch self {
        case .uniform(let low, let high):
            return (0..<count).map { i in
                let unit = Double(stream.bits(replicate: UInt64(i)) >> 11) * 0x1p-53
                return Double(Float(low + (high - low) * unit))
            }
        case .integers(let low, let high):
            return (0..<count).map { i in Double(low + Int(stream.bits(replicate: UInt64(i)) % UInt64(high - low))) }
        case .values(let values):
            return (0..<count).map { Double(Float(values[$0 % values.count])) }
        }
    }

    /// Uniform between `-bound` and `bound`.
    static func symmetric(_ bound: Double) -> Fill { .uniform(low: -bound, high: bound) }

    /// Uniform with variance `1 / inner`: a product over `inner` terms keeps the size of what it is applied to.
    static func weights(inner: Int) -> Fill { symmetric((3 / Double(inner)).squareRoot()) }
}
