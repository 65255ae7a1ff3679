internal import ScrubOps
public import ScrubPlan

/// The engine that runs plans on one OpenCL device.
public struct OpenCLBackend: Backend {
    /// What makes matrix products.
    public enum Product: Hashable, Sendable {
        /// The faster for the device and the shape, as far as that is known.
        ///
        /// On CPUs the kernel of this library for all: on PoCL 3.1 it makes 40 GFLOP a second and core at 56 x 28, and
        /// 71 at 768 x 768, where CLBlast 1.5.3 with its default parameters makes 4 to 8. On GPUs, where nothing was
        /// measured yet, CLBlast for matrices that are large both ways.
        case automatic
        /// `Kernels/linear/linear.cl` for all products.
        case own
        /// CLBlast for all products.
        case clblast

        /// - Parameters:
        ///   - inner: the length that is summed over.
        ///   - columns: of the output.
        func usesBLAS(inner: Int, columns: Int, on kind: OpenCLDevice.Kind) -> Bool {
            switch self {
            case .own: false
            case .clblast: true
            case .automatic: kind != .cpu && columns >= 256 && inner >= 256
            }
        }
    }

    public let device: OpenCLDevice
    public let product: Product
    /// Of matrix products.
    public private(set) var precision: Precision
    /// Of what is kept for gathers.
    public private(set) var storage: Storage
    public let identity: BackendIdentity
    let context: Context
    private let replaced: [String: String]
    let cache: ProgramCache?
    /// What was measured to be fastest here; nil for what is known without.
    public let tuning: Tuning?
    /// Choices for every shape, to try them.
    private var forced: [TunableKernel: KernelChoice] = [:]

    /// - Parameters:
    ///   - device: where to run.
    ///   - product: what makes matrix products.
    ///   - precision: of their factors. CLBlast has float32 alone: another precision is always this library's affair.
    ///   - storage: of what is kept for gathers.
    ///   - replaced: texts that stand for those of kernel files, by path below `Kernels`: to try a kernel, or
    ///     an error.
    ///   - cache: where compiled kernels outlive the process; nil for nowhere. The standard one is left alone on PoCL, which
    ///     has a cache of its own, and on Oclgrind.
    ///   - tuning: of this device, which decides how kernels are made where `product` is automatic.
    /// - Throws: when the device gives no context.
    public init(
        device: OpenCLDevice, product: Product = .automatic, precision: Precision = .exact, storage: Storage = .f32,
        replacingKernel replaced: [String: String] = [:], cache: ProgramCache? = .standard, tuning: Tuning? = nil
    ) throws(OpenCLError) {
        self.device = device
        self.product = product
        self.precision = precision
        self.storage = storage
        self.replaced = replaced
        self.tuning = tuning
        // PoCL keeps compiled kernels itself, in POCL_CACHE_DIR; asked for a binary, it compiles each once more.
        // Oclgrind is there to check what is compiled.
        let needsNone = ["Portable Computing Language", "Oclgrind"].contains(device.platform)
        self.cache = needsNone && cache == .standard ? nil : cache
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

    /// Whether a kernel reaches tensor cores by inline PTX: whether the device has them, and its compiler takes the form that does.
    ///
    /// Nothing is asked of a CPU, nor of another vendor's compiler. With `SCRUBJAY_DEBUG` set, standard error says why a GPU has
    /// none.
    public func hasTensorCores(for kernel: TunableKernel) -> Bool {
        device.kind == .gpu && device.platform.contains("NVIDIA") && takesInlinePTX(kernel)
    }

    /// Whether the device's compiler takes the form of a kernel for tensor cores.
    package func takesInlinePTX(_ kernel: TunableKernel) -> Bool {
        kernel.tensorKernel.map {
            context.takes($0, cache: cache, orElse: "\(kernel.rawValue) is not computed on tensor cores")
        } ?? false
    }

    /// The same device without rounding.
    package var inFloat32: OpenCLBackend {
        var other = self
        (other.precision, other.storage) = (.exact, .f32)
        return other
    }

    func program(_ spec: KernelSpec) throws(OpenCLError) -> Program {
        try context.program(spec, replaced: replaced[spec.path], cache: cache)
    }

    /// The same with one choice for a kernel, whatever the shape.
    package func choosing(_ choice: KernelChoice, for kernel: TunableKernel) -> OpenCLBackend {
        var other = self
        other.forced[kernel] = choice
        return other
    }

    /// How the kernel of a step is made here; what is standard where nothing was measured.
    package func form(of step: TunableStep) -> KernelChoice? {
        let choice = choice(for: step.op, step.inputs, rows: step.rows)
        guard let op = step.op.onDevice as? any TunableOp,
            let types = try? step.types(
                on: device.kind, product, hasTensorCores: hasTensorCores(for: step.shape.kernel), precision: precision,
                choice)
        else { return nil }
        return op.choice(for: types)
    }

    /// The digest of what makes a kernel of this backend: `Tuning.Entry.source`.
    package func source(of kernel: TunableKernel) -> String {
        kernel.source(replacing: replaced)
    }

    /// How the kernel of a step is made; nil where nothing was measured.
    func choice(for op: Op, _ inputs: [ValueType], rows: Int) -> KernelChoice? {
        guard product == .automatic, tuning != nil || !forced.isEmpty,
            let shape = ShapeClass(op, inputs, rows: rows)
        else { return nil }
        if let choice = forced[shape.kernel] { return choice }
        let choice = tuning?.choice(for: shape, source: source(of: shape.kernel))
        // Another driver may have closed the way to them.
        if case .tensorCores = choice, !hasTensorCores(for: shape.kernel) { return nil }
        return choice
    }
}
