internal import CCLBlast
internal import COpenCL
internal import Glibc
internal import Synchronization

/// CLBlast 1.5.3 guards its cache of programs incompletely: one call at a time in the whole process.
private let oneAtATime = Mutex<Void>(())

/// CLBlast frees its programs when the process has already torn down some drivers, which corrupts the heap. Handlers
/// run before that, last registered first; this one is registered at the first product, when every library is loaded.
private let clearedAtExit: Void = {
    atexit { _ = oneAtATime.withLockIfAvailable { _ in CLBlastClearCache() } }
}()

extension Stream {
    /// `y = x w`, or `y += x w` when `adding`: x `[m, k]`, w `[k, n]`, y `[m, n]`, row-major, by CLBlast.
    func multiply(
        _ x: Operand, _ w: Operand, into y: Operand, adding: Bool, m: Int, n: Int, k: Int,
        scratch: (_ elements: Int) throws(OpenCLError) -> Buffer
    ) throws(OpenCLError) {
        clearedAtExit
        var queue: cl_command_queue? = raw
        let (layout, plain) = (CLBlastLayoutRowMajor, CLBlastTransposeNo)
        var bytes = 0
        let sized = oneAtATime.withLock { _ in
            CLBlastSGemmTempBufferSize(
                layout, plain, plain, m, n, k, x.offset, k, w.offset, n, y.offset, n, &queue, &bytes)
        }
        guard sized == CLBlastSuccess else { throw .blas("CLBlastSGemmTempBufferSize", code: Int32(sized.rawValue)) }
        // CLBlast would make and drop a scratch buffer at each call, unseen by the count of bytes.
        let temporary: cl_mem? = bytes == 0 ? nil : try scratch((bytes + 3) / 4).raw
        let code = oneAtATime.withLock { _ in
            CLBlastSgemmWithTempBuffer(
                layout, plain, plain, m, n, k, 1, x.buffer.raw, x.offset, k, w.buffer.raw, w.offset, n, adding ? 1 : 0,
                y.buffer.raw, y.offset, n, &queue, nil, temporary)
        }
        guard code == CLBlastSuccess else { throw .blas("CLBlastSgemm", code: Int32(code.rawValue)) }
        countLaunch()
    }
}

/// Frees the programs that CLBlast keeps; the next product builds them again. At exit this happens by itself.
public func clearProductCache() {
    oneAtATime.withLock { _ in _ = CLBlastClearCache() }
}
