/// An OpenCL device of this machine, and what it says of itself.
public struct OpenCLDevice: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, Comparable {
        case gpu, accelerator, cpu, other

        private var rank: Int {
            switch self {
            case .gpu: 0
            case .accelerator: 1
            case .cpu: 2
            case .other: 3
            }
        }

        /// GPUs come first.
        public static func < (a: Kind, b: Kind) -> Bool { a.rank < b.rank }
    }

    /// Its place in ``all()``: the number in `opencl:0`.
    public internal(set) var index: Int
    public let platform: String
    /// The platform's `OpenCL 3.0 PoCL 3.1` or the like.
    public let platformVersion: String
    public let vendor: String
    public let name: String
    public let driverVersion: String
    /// `OpenCL C 1.2`, with whatever the vendor adds.
    public let languageVersion: String
    public let kind: Kind
    public let computeUnits: Int
    /// Bytes.
    public let globalMemory: Int
    /// Bytes that one buffer may have.
    public let largestAllocation: Int
    /// Bytes that one work-group may have.
    public let localMemory: Int
    /// Work-items.
    public let largestWorkGroup: Int
    public let extensions: [String]

    /// The `cl_device_id`, as bits so that the value is sendable. Root devices are never released.
    let bits: UInt

    /// Every device of every platform: GPUs, then accelerators, then CPUs, in the order in which the platforms list
    /// them.
    ///
    /// - Returns: nothing when no platform is installed.
    public static func all() throws(OpenCLError) -> [OpenCLDevice] { try found.get() }

    /// Made once: listing is not thread-safe in common loaders and drivers.
    private static let found: Result<[OpenCLDevice], OpenCLError> = {
        do throws(OpenCLError) { return .success(try discover()) } catch { return .failure(error) }
    }()
}
