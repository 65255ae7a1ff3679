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

    let raw: cl_program
    let entry: String

    /// - Throws: `OpenCLError.build` with the compiler's log.
    init(_ key: Key, in context: Context) throws(OpenCLError) {
        let spec = key.spec
        guard let file = KernelFile.all[spec.path], let common = KernelFile.all["common/common.cl"] else {
            throw .noKernel(spec.path)
        }
        // The line directive makes the compiler's log point into the file, not into what is put before it.
        let text = "#line 1 \"\(common.path)\"\n\(common.text)\n#line 1 \"\(file.path)\"\n\(key.replaced ?? file.text)"
        var code: cl_int = 0
        let program = text.withCString { bytes in
            var pointer: UnsafePointer<CChar>? = bytes
            return clCreateProgramWithSource(context.raw, 1, &pointer, nil, &code)
        }
        raw = try made(program, code, "clCreateProgramWithSource")
        entry = spec.entry

        let defines = spec.defines.sorted { $0.key < $1.key }.map { "-D\($0.key)=\($0.value)" }
        var device = context.device.id
        let built = clBuildProgram(raw, 1, &device, (["-cl-std=CL1.2"] + defines).joined(separator: " "), nil, nil)
        if built != CL_SUCCESS {
            let what = cl_program_build_info(CL_PROGRAM_BUILD_LOG)
            let log = try string("clGetProgramBuildInfo") { clGetProgramBuildInfo(raw, device, what, $0, $1, $2) }
            if built != CL_BUILD_PROGRAM_FAILURE && log.isEmpty { throw .call("clBuildProgram", code: built) }
            throw .build(kernel: spec.path, device: context.device.name, log: log)
        }
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
}
