internal import COpenCL
internal import Synchronization

/// The context of one device, and every program built in it.
///
/// There is one a device for the life of the process: CLBlast keeps its programs by context, and building them takes
/// seconds. OpenCL makes every call on contexts and programs thread-safe, which is why this is sendable.
final class Context: @unchecked Sendable {
    let raw: cl_context
    let device: OpenCLDevice
    private let programs = Mutex<[Program.Key: Program]>([:])
    private let refused = Mutex<Set<KernelSpec>>([])

    private static let contexts = Mutex<[UInt: Context]>([:])

    static func shared(for device: OpenCLDevice) throws(OpenCLError) -> Context {
        try contexts.withLock { (contexts) throws(OpenCLError) in
            if let context = contexts[device.bits] { return context }
            let context = try Context(device)
            contexts[device.bits] = context
            return context
        }
    }

    private init(_ device: OpenCLDevice) throws(OpenCLError) {
        var code: cl_int = 0
        var id = device.id
        raw = try made(clCreateContext(nil, 1, &id, nil, nil, &code), code, "clCreateContext")
        self.device = device
    }

    deinit { clReleaseContext(raw) }

    /// The program of `spec`, built at the first request.
    ///
    /// - Parameters:
    ///   - replaced: the text that stands for that of the kernel's file, if any.
    ///   - cache: where its binary may lie, or is put.
    func program(_ spec: KernelSpec, replaced: String?, cache: ProgramCache?) throws(OpenCLError) -> Program {
        let key = Program.Key(spec: spec, replaced: replaced)
        return try programs.withLock { (programs) throws(OpenCLError) in
            if let program = programs[key] { return program }
            let program = try Program(key, in: self, cache: cache)
            programs[key] = program
            return program
        }
    }

    /// Whether the device's compiler takes a kernel that not every device has what it needs for. Asked once.
    ///
    /// - Parameter consequence: what is done without it, for the line that says why it was not taken.
    func takes(_ spec: KernelSpec, cache: ProgramCache?, orElse consequence: String) -> Bool {
        if refused.withLock({ $0.contains(spec) }) { return false }
        do throws(OpenCLError) {
            _ = try program(spec, replaced: nil, cache: cache)
            return true
        } catch {
            refused.withLock { _ = $0.insert(spec) }
            debugNote("\(device.name): \(consequence): \(error.message)")
            return false
        }
    }
}
