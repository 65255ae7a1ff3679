internal import COpenCL

/// Device memory of 4-byte elements. Released with the last reference to it.
final class Buffer {
    private(set) var raw: cl_mem
    private(set) var bytes: Int
    private var isReleased = false

    /// - Throws: when the device has no room; `OpenCLError.tooLarge` when it never grants so much at once.
    init(bytes: Int, for value: String, in context: Context) throws(OpenCLError) {
        (raw, self.bytes) = try Self.allocate(bytes, value, context)
    }

    deinit { if !isReleased { clReleaseMemObject(raw) } }

    /// Gives its memory back, then takes more. What it held is lost; commands that use it must be complete, or both are
    /// held until they are.
    func replace(bytes: Int, for value: String, in context: Context) throws(OpenCLError) {
        clReleaseMemObject(raw)
        isReleased = true
        (raw, self.bytes) = try Self.allocate(bytes, value, context)
        isReleased = false
    }

    private static func allocate(
        _ wanted: Int, _ value: String, _ context: Context
    ) throws(OpenCLError) -> (cl_mem, Int) {
        let limit = context.device.largestAllocation
        if wanted > limit { throw .tooLarge(value: value, bytes: wanted, limit: limit) }
        // An empty buffer is not legal; one element is enough for a value that has none.
        let bytes = max(wanted, 4)
        var code: cl_int = 0
        let flags = cl_mem_flags(CL_MEM_READ_WRITE)
        return (try made(clCreateBuffer(context.raw, flags, bytes, nil, &code), code, "clCreateBuffer"), bytes)
    }
}

/// Where a value begins for the rows of one chunk: a buffer, the element of row 0, and the elements from a row to the
/// next.
struct Operand {
    let buffer: Buffer
    var offset: Int
    /// 0 when every row reads the same constant.
    var stride: Int
}
