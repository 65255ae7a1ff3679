internal import COpenCL

/// A kernel as a step asks for it: a file below `Kernels`, the name of a kernel in it, and its defines.
struct KernelSpec: Hashable {
    var path: String
    var entry: String
    var defines: [String: Int]

    /// The kernel `name` of `folder/name.cl`; of `name/name.cl` when no folder is given.
    init(_ name: String, folder: String? = nil, _ defines: [String: Int] = [:]) {
        path = "\(folder ?? name)/\(name).cl"
        entry = name
        self.defines = defines
    }
}

/// A built kernel file.
final class Program: @unchecked Sendable {
    struct Key: Hashable {
        var spec: KernelSpec
        var replaced: String?
    }

    /// Where a program came from.
    enum Origin: Hashable {
        case compiled, cache
    }

    let raw: cl_program
    let entry: String
    let origin: Origin

    /// Takes the program's binary from the cache, or compiles it and puts the binary there.
    ///
    /// - Throws: `OpenCLError.build` with the compiler's log.
    init(_ key: Key, in context: Context, cache: ProgramCache?) throws(OpenCLError) {
        let spec = key.spec
        guard let file = KernelFile.all[spec.path] else { throw .noKernel(spec.path) }
        let text = file.program(replaced: key.replaced)
        let defines = spec.defines.sorted { $0.key < $1.key }.map { "-D\($0.key)=\($0.value)" }
        // A compiler's warnings would go to the terminal; what fails is told with the log all the same.
        let options = (["-cl-std=CL1.2", "-w"] + defines).joined(separator: " ")
        entry = spec.entry
        let name = cache.map { _ in ProgramCache.name(text: text, options: options, device: context.device) } ?? ""
        if let binary = cache?.binary(name), let found = Self.load(binary, options, entry: spec.entry, in: context) {
            raw = found
            origin = .cache
            return
        }
        raw = try Self.compile(text, options, path: spec.path, in: context)
        origin = .compiled
        if let cache, let binary = Self.binary(of: raw) { cache.keep(binary, as: name) }
    }

    private static func compile(
        _ text: String, _ options: String, path: String, in context: Context
    ) throws(OpenCLError) -> cl_program {
        var code: cl_int = 0
        let program = text.withCString { bytes in
            var pointer: UnsafePointer<CChar>? = bytes
            return clCreateProgramWithSource(context.raw, 1, &pointer, nil, &code)
        }
        let made = try made(program, code, "clCreateProgramWithSource")
        var device = context.device.id
        let built = clBuildProgram(made, 1, &device, options, nil, nil)
        if built == CL_SUCCESS { return made }
        defer { clReleaseProgram(made) }
        let what = cl_program_build_info(CL_PROGRAM_BUILD_LOG)
        let log = try string("clGetProgramBuildInfo") { clGetProgramBuildInfo(made, device, what, $0, $1, $2) }
        if built != CL_BUILD_PROGRAM_FAILURE && log.isEmpty { throw .call("clBuildProgram", code: built) }
        throw .build(kernel: path, device: context.device.name, log: log)
    }

    /// The program of a binary; nil where the device does not take it, or has no such kernel in it.
    private static func load(
        _ binary: [UInt8], _ options: String, entry: String, in context: Context
    ) -> cl_program? {
        var (device, length) = (context.device.id, binary.count)
        var (status, code): (cl_int, cl_int) = (0, 0)
        let program = binary.withUnsafeBufferPointer { bytes in
            var pointer = bytes.baseAddress
            return clCreateProgramWithBinary(context.raw, 1, &device, &length, &pointer, &status, &code)
        }
        guard let program else { return nil }
        if code == CL_SUCCESS, status == CL_SUCCESS,
            clBuildProgram(program, 1, &device, options, nil, nil) == CL_SUCCESS,
            let kernel = clCreateKernel(program, entry, &code)
        {
            clReleaseKernel(kernel)
            return program
        }
        clReleaseProgram(program)
        return nil
    }

    /// What the device made of a program; nil where it does not tell.
    private static func binary(of program: cl_program) -> [UInt8]? {
        var length = 0
        let size = cl_program_info(CL_PROGRAM_BINARY_SIZES)
        guard clGetProgramInfo(program, size, MemoryLayout<Int>.size, &length, nil) == CL_SUCCESS, length > 0 else {
            return nil
        }
        var bytes = [UInt8](repeating: 0, count: length)
        let code = bytes.withUnsafeMutableBufferPointer { buffer in
            var pointer = buffer.baseAddress
            let what = cl_program_info(CL_PROGRAM_BINARIES)
            return clGetProgramInfo(program, what, MemoryLayout<UnsafeMutablePointer<UInt8>?>.size, &pointer, nil)
        }
        return code == CL_SUCCESS ? bytes : nil
    }

    deinit { clReleaseProgram(raw) }
}

/// One kernel object. Setting its arguments is not thread-safe, so that every run makes its own.
final class Kernel {
    let raw: cl_kernel

    init(_ program: Program) throws(OpenCLError) {
        var code: cl_int = 0
        let kernel = clCreateKernel(program.raw, program.entry, &code)
        if code == CL_INVALID_KERNEL_NAME { throw .noKernel(program.entry) }
        raw = try made(kernel, code, "clCreateKernel")
    }

    deinit { clReleaseKernel(raw) }

    /// Bytes of local memory that a group of this kernel takes.
    func localBytes(on device: OpenCLDevice) throws(OpenCLError) -> Int {
        var bytes: cl_ulong = 0
        let what = cl_kernel_work_group_info(CL_KERNEL_LOCAL_MEM_SIZE)
        try check(clGetKernelWorkGroupInfo(raw, device.id, what, 8, &bytes, nil), "clGetKernelWorkGroupInfo")
        return Int(bytes)
    }

    /// Work-items of a group, as `reqd_work_group_size` states them.
    func groupItems(on device: OpenCLDevice) throws(OpenCLError) -> Int {
        var sizes = (0, 0, 0)
        let what = cl_kernel_work_group_info(CL_KERNEL_COMPILE_WORK_GROUP_SIZE)
        let bytes = MemoryLayout.size(ofValue: sizes)
        try check(clGetKernelWorkGroupInfo(raw, device.id, what, bytes, &sizes, nil), "clGetKernelWorkGroupInfo")
        return sizes.0 * sizes.1 * sizes.2
    }

    /// Most work-items that the device runs in one group of this kernel.
    func mostItems(on device: OpenCLDevice) throws(OpenCLError) -> Int {
        var items = 0
        let what = cl_kernel_work_group_info(CL_KERNEL_WORK_GROUP_SIZE)
        try check(clGetKernelWorkGroupInfo(raw, device.id, what, 8, &items, nil), "clGetKernelWorkGroupInfo")
        return items
    }
}
