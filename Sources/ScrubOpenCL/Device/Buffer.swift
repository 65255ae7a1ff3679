internal import COpenCL

/// Device memory of 4-byte elements. Released with the last reference to it.
final class Buffer {
    let raw: cl_mem
    let bytes: Int

    /// - Throws: when the device has no room; `OpenCLError.tooLarge` when it never grants so much at once.
    init(bytes: Int, for value: String, in context: Context) throws(OpenCLError) {
        let limit = context.device.largestAllocation
        if bytes > limit { throw .tooLarge(value: value, bytes: bytes, limit: limit) }
        // An empty buffer is not legal; one element is enough for a value that has none.
        self.bytes = max(bytes, 4)
        var code: cl_int = 0
        let flags = cl_mem_flags(CL_MEM_READ_WRITE)
        raw = try made(clCreateBuffer(context.raw, flags, self.bytes, nil, &code), code, "clCreateBuffer")
    }

    deinit { clReleaseMemObject(raw) }
}

/// Where a value begins for the rows of one chunk: a buffer, the element of row 0, and the elements from a row to the
/// next.
struct Operand {
    let buffer: Buffer
    var offset: Int
    /// 0 when every row reads the same constant.
    var stride: Int
}
