internal import ScrubOps
public import ScrubPlan

/// The engine that runs plans on one OpenCL device.
public struct OpenCLBackend: Backend {
    /// What makes matrix products.
    public enum Product: Hashable, Sendable {
        /// CLBlast for products with many columns, the kernel of this library for the rest.
        case automatic
        /// `Kernels/linear/linear.cl` for all of them.
        case own
        /// CLBlast for all of them.
        case clblast

        func usesBLAS(inner: Int, columns: Int) -> Bool {
            switch self {
            case .own: false
            case .clblast: true
            case .automatic: columns >= 64 && inner >= 64
            }
        }
    }

    public let device: OpenCLDevice
    public let product: Product
    public let identity: BackendIdentity
    let context: Context
    private let replaced: [String: String]

    /// - Parameters:
    ///   - replacingKernel: texts that stand for those of kernel files, by path below `Kernels`: to try a kernel, or an error.
    /// - Throws: when the device gives no context.
    public init(
        device: OpenCLDevice, product: Product = .automatic, replacingKernel replaced: [String: String] = [:]
    ) throws(OpenCLError) {
        self.device = device
        self.product = product
        self.replaced = replaced
        context = try Context.shared(for: device)
        identity = BackendIdentity(
            name: "opencl:\(device.index)", device: device.name, driver: "\(device.platform) \(device.driverVersion)")
    }

    /// Builds the kernels that the plan's steps need.
    ///
    /// - Throws: `PlanError`; `OpenCLError.build` with the compiler's log; `OpenCLError.unsupported`.
    public func prepare(_ plan: Plan) throws -> any PreparedPlan {
        try plan.verify()
        return try OpenCLPreparedPlan(plan, on: self)
    }

    func program(_ spec: KernelSpec) throws(OpenCLError) -> Program {
        try context.program(spec, replaced: replaced[spec.path])
    }
}
