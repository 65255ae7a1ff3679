public import ScrubCore
public import ScrubPlan

/// What can go wrong between this module and a device.
public enum OpenCLError: RowError, Equatable {
    /// A function of the OpenCL library returned an error code.
    case call(String, code: Int32)
    /// CLBlast returned an error code.
    case blas(String, code: Int32)
    /// A kernel file was not accepted by the device's compiler, whose whole log this carries.
    case build(kernel: String, device: String, log: String)
    /// No kernel file of that path below `Kernels` is embedded, or none of its kernels has that name.
    case noKernel(String)
    /// A value, or the arena, needs more bytes in one allocation than the device grants.
    case tooLarge(value: String, bytes: Int, limit: Int)
    /// A number that a kernel takes as 32 bits is larger than that: rows of a chunk times vectors of a row.
    case tooMany(Int, value: String)
    /// A step that no kernel of this engine runs.
    case unsupported(value: String, reason: String)
    /// A kernel takes more of something than a group may have: bytes of local memory, work-items.
    case groupLimit(kernel: String, takes: Int, limit: Int, unit: String)
    /// A token or label that names nothing.
    case index(value: String, row: Int, position: Int, found: Int)

    public var message: String {
        switch self {
        case .call(let function, let code): "\(function) failed: \(OpenCLError.name(of: code))"
        case .blas(let function, let code): "\(function) failed: \(OpenCLError.name(of: code))"
        case .build(let kernel, let device, let log): "\(kernel) was not accepted by \(device):\n\(log)"
        case .noKernel(let name): "there is no kernel \(name)"
        case .tooLarge(let value, let bytes, let limit):
            "\(value) takes \(bytes) bytes; the device allocates at most \(limit) at once: "
                + "use smaller chunks or fewer rows"
        case .tooMany(let number, let value):
            "\(value): \(number) is more than a kernel counts (2147483647): use smaller chunks"
        case .unsupported(let value, let reason): "\(value) cannot run on OpenCL: \(reason)"
        case .groupLimit(let kernel, let takes, let limit, let unit):
            "\(kernel) takes \(takes) \(unit); a group of this device has at most \(limit)"
        case .index(let value, let row, let position, let found):
            "\(value): row \(row), position \(position) holds \(found), which is out of range"
        }
    }

    public var fault: Fault {
        if case .index = self { .input } else { .device }
    }

    public func following(_ rows: Int) -> OpenCLError {
        guard case .index(let value, let row, let position, let found) = self else { return self }
        return .index(value: value, row: row + rows, position: position, found: found)
    }

    /// `CL_OUT_OF_RESOURCES (-5)`, or the bare number where the standard gives it no name.
    static func name(of code: Int32) -> String { names[code].map { "\($0) (\(code))" } ?? "\(code)" }

    private static let names: [Int32: String] = [
        -1: "CL_DEVICE_NOT_FOUND", -2: "CL_DEVICE_NOT_AVAILABLE", -3: "CL_COMPILER_NOT_AVAILABLE",
        -4: "CL_MEM_OBJECT_ALLOCATION_FAILURE", -5: "CL_OUT_OF_RESOURCES", -6: "CL_OUT_OF_HOST_MEMORY",
        -11: "CL_BUILD_PROGRAM_FAILURE", -14: "CL_EXEC_STATUS_ERROR_FOR_EVENTS_IN_WAIT_LIST", -30: "CL_INVALID_VALUE",
        -33: "CL_INVALID_DEVICE", -34: "CL_INVALID_CONTEXT", -36: "CL_INVALID_COMMAND_QUEUE",
        -38: "CL_INVALID_MEM_OBJECT",
        -43: "CL_INVALID_BUILD_OPTIONS", -44: "CL_INVALID_PROGRAM", -45: "CL_INVALID_PROGRAM_EXECUTABLE",
        -46: "CL_INVALID_KERNEL_NAME", -48: "CL_INVALID_KERNEL", -49: "CL_INVALID_ARG_INDEX",
        -50: "CL_INVALID_ARG_VALUE",
        -51: "CL_INVALID_ARG_SIZE", -52: "CL_INVALID_KERNEL_ARGS", -54: "CL_INVALID_WORK_GROUP_SIZE",
        -58: "CL_INVALID_EVENT",
        -61: "CL_INVALID_BUFFER_SIZE", -63: "CL_INVALID_GLOBAL_WORK_SIZE", -1001: "CL_PLATFORM_NOT_FOUND_KHR",
    ]
}
