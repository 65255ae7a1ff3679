internal import COpenCL

/// Host memory that the staging region of one chunk is being copied to.
final class Landing {
    let chunk: Chunk
    private let memory: UnsafeMutableBufferPointer<UInt32>
    private let event: Event

    /// Begins to read `elements` from the start of `staging`. Returns at once.
    init(_ chunk: Chunk, elements: Int, of staging: Buffer, on stream: Stream) throws(OpenCLError) {
        self.chunk = chunk
        let memory = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: elements)
        do throws(OpenCLError) {
            event = try stream.read(staging, into: UnsafeMutableRawBufferPointer(memory))
        } catch {
            memory.deallocate()
            throw error
        }
        self.memory = memory
    }

    deinit {
        // The copy may be under way still when a later chunk failed.
        try? event.wait()
        memory.deallocate()
    }

    /// The elements, once they have arrived.
    func elements() throws(OpenCLError) -> UnsafeMutableBufferPointer<UInt32> {
        try event.wait()
        return memory
    }
}
