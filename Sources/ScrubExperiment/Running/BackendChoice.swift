/// Which engine a user asks for.
public enum BackendChoice: Hashable, Sendable, CustomStringConvertible {
    /// The first OpenCL device that is not the CPU itself and whose kernels build; otherwise the CPU engine, and the
    /// run says so.
    case auto
    case cpu
    /// The OpenCL device of this number, as `scrubjay devices` lists them. Never falls back.
    case opencl(Int)
    /// Several OpenCL devices, among which replicates are shared; nil for all that there are.
    case several([Int]?)

    /// Reads `auto`, `cpu`, `opencl` (the first device), `opencl:1`, `opencl:0,1` or `opencl:all`.
    ///
    /// - Throws: `ExperimentError.backend`, `.deviceTwice`.
    public init(_ text: String) throws(ExperimentError) {
        switch text {
        case "auto": self = .auto
        case "cpu": self = .cpu
        case "opencl": self = .opencl(0)
        case "opencl:all": self = .several(nil)
        default:
            guard text.hasPrefix("opencl:") else { throw .backend(text) }
            let words = text.dropFirst("opencl:".count).split(separator: ",", omittingEmptySubsequences: false)
            let numbers = words.compactMap { Int($0) }.filter { $0 >= 0 }
            guard numbers.count == words.count else { throw .backend(text) }
            if let twice = numbers.indices.first(where: { numbers[..<$0].contains(numbers[$0]) }) {
                throw .deviceTwice(text, number: numbers[twice])
            }
            self = numbers.count == 1 ? .opencl(numbers[0]) : .several(numbers)
        }
    }

    public var description: String {
        switch self {
        case .auto: "auto"
        case .cpu: "cpu"
        case .opencl(let number): "opencl:\(number)"
        case .several(let numbers): "opencl:\(numbers?.map(String.init).joined(separator: ",") ?? "all")"
        }
    }
}
