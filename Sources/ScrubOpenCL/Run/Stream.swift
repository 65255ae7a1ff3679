internal import COpenCL

/// One in-order command queue with its kernels: what ops launch on. It belongs to one run, hence to one thread at a
/// time.
final class Stream {
    let context: Context
    let raw: cl_command_queue
    /// Kernels launched so far; a call of CLBlast counts as one, whatever it launches inside.
    private(set) var launches = 0
    /// Reads from the device begun so far.
    private(set) var reads = 0
    private let kernels: [Kernel]

    /// - Parameter programs: numbered as the steps of the prepared plan number them.
    init(_ context: Context, programs: [Program]) throws(OpenCLError) {
        self.context = context
        var kernels: [Kernel] = []
        for program in programs { kernels.append(try Kernel(program)) }
        self.kernels = kernels
        var code: cl_int = 0
        let queue = clCreateCommandQueueWithProperties(context.raw, context.device.id, nil, &code)
        raw = try made(queue, code, "clCreateCommandQueueWithProperties")
    }

    deinit {
        // A failed run may leave commands behind; they must not outlive the host memory that they write.
        clFinish(raw)
        clReleaseCommandQueue(raw)
    }

    /// One argument of a kernel, or a few that always come together.
    enum Argument {
        /// Buffer, first element, elements from row to row.
        case input(Operand)
        /// Buffer and first element, for what lies without gaps.
        case place(Operand)
        case buffer(Buffer)
        /// A place in a buffer, 64 bits.
        case offset(Int)
        case bits(UInt64)
        case count(Int)
        case float(Float)
    }

    /// Launches `groups` groups of `size` items. Enqueues and returns.
    func launch(_ kernel: Int, groups: Int, size: Int = 64, value: String, _ arguments: [Argument]) throws(OpenCLError)
    {
        let raw = kernels[kernel].raw
        var index: cl_uint = 0
        func set<T: BitwiseCopyable>(_ value: T) throws(OpenCLError) {
            var value = value
            try check(clSetKernelArg(raw, index, MemoryLayout<T>.size, &value), "clSetKernelArg")
            index += 1
        }
        for argument in arguments {
            switch argument {
            case .input(let operand):
                try set(operand.buffer.raw as cl_mem?)
                try set(UInt64(operand.offset))
                try set(UInt64(operand.stride))
            case .place(let operand):
                try set(operand.buffer.raw as cl_mem?)
                try set(UInt64(operand.offset))
            case .buffer(let buffer): try set(buffer.raw as cl_mem?)
            case .offset(let offset): try set(UInt64(offset))
            case .bits(let bits): try set(bits)
            case .count(let number):
                guard let number = Int32(exactly: number) else { throw .tooMany(number, value: value) }
                try set(number)
            case .float(let number): try set(number)
            }
        }
        var (global, local) = (groups * size, size)
        let code = clEnqueueNDRangeKernel(self.raw, raw, 1, nil, &global, &local, 0, nil, nil)
        try check(code, "clEnqueueNDRangeKernel")
        launches += 1
    }

    /// Counts a kernel that a library launched on this queue.
    func countLaunch() { launches += 1 }

    /// Blocks until everything enqueued is complete.
    func finish() throws(OpenCLError) { try check(clFinish(raw), "clFinish") }

    /// Groups for an element-wise kernel over `rows` rows of `count` elements: `place` in common.cl.
    func groups(rows: Int, count: Int) -> Int {
        let slots = 256
        return count >= slots ? rows * ((count + slots - 1) / slots) : (rows + slots / count - 1) / (slots / count)
    }

    /// Copies host elements to the start of `buffer`; returns when they have been read.
    func write<Element: BitwiseCopyable>(_ elements: [Element], to buffer: Buffer, at offset: Int = 0)
        throws(OpenCLError)
    {
        if elements.isEmpty { return }
        let bytes = elements.count * MemoryLayout<Element>.stride
        let code = clEnqueueWriteBuffer(raw, buffer.raw, cl_bool(CL_TRUE), offset * 4, bytes, elements, 0, nil, nil)
        try check(code, "clEnqueueWriteBuffer")
    }

    /// Copies `count` elements between buffers, on the device.
    func copy(_ source: Operand, to target: Operand, count: Int) throws(OpenCLError) {
        let code = clEnqueueCopyBuffer(
            raw, source.buffer.raw, target.buffer.raw, source.offset * 4, target.offset * 4, count * 4, 0, nil, nil)
        try check(code, "clEnqueueCopyBuffer")
    }

    /// Begins to copy the first bytes of `buffer` to `memory`, which must live until the event completes.
    func read(_ buffer: Buffer, into memory: UnsafeMutableRawBufferPointer) throws(OpenCLError) -> Event {
        var event: cl_event?
        let code = clEnqueueReadBuffer(
            raw, buffer.raw, cl_bool(CL_FALSE), 0, memory.count, memory.baseAddress, 0, nil, &event)
        let begun = Event(raw: try made(event, code, "clEnqueueReadBuffer"))
        reads += 1
        try check(clFlush(raw), "clFlush")
        return begun
    }
}
