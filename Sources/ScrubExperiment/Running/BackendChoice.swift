/// Which engine a user asks for.
public enum BackendChoice: Hashable, Sendable, CustomStringConvertible {
    /// The first OpenCL device that is not the CPU itself and whose kernels build; otherwise the CPU engine, and the
    /// run says so.
    case auto
    case cpu
    /// The OpenCL device of this number, as `scrubjay devices` lists them. Never falls back.
    case opencl(Int)

    /// Reads `auto`, `cpu`, `opencl` (the first device) or `opencl:1`.
    public init(_ text: String) throws(ExperimentError) {
        switch text {
        case "auto": self = .auto
        case "cpu": self = .cpu
        case "opencl": self = .opencl(0)
        default:
            guard text.hasPrefix("opencl:"), let number = Int(text.dropFirst("opencl:".count)), number >= 0 else {
                throw .backend(text)
            }
            self = .opencl(number)
        }
    }

    public var description: String {
        switch self {
        case .auto: "auto"
        case .cpu: "cpu"
        case .opencl(let number): "opencl:\(number)"
        }
    }
}
