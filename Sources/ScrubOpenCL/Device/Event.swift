internal import COpenCL

/// The completion of one command.
struct Event: ~Copyable {
    let raw: cl_event

    deinit { clReleaseEvent(raw) }

    /// Blocks until the command, and with it every earlier one of an in-order queue, is complete.
    borrowing func wait() throws(OpenCLError) {
        var event: cl_event? = raw
        try check(clWaitForEvents(1, &event), "clWaitForEvents")
    }
}
