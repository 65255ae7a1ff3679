/// The type of one element of an array in a file, always stored little-endian.
public enum FileElement: String, Hashable, Sendable, CaseIterable {
    /// One byte, 0 or 1.
    case bool
    case uint8, int8, int16, uint16, int32, uint32, int64, uint64
    case float16, bfloat16, float32, float64

    /// Bytes an element takes.
    public var size: Int {
        switch self {
        case .bool, .uint8, .int8: 1
        case .int16, .uint16, .float16, .bfloat16: 2
        case .int32, .uint32, .float32: 4
        case .int64, .uint64, .float64: 8
        }
    }

    /// Whether elements are real numbers, as against integers and booleans.
    public var isReal: Bool {
        switch self {
        case .float16, .bfloat16, .float32, .float64: true
        default: false
        }
    }
}
