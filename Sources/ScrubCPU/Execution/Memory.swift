#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The memory of one run: 64-byte aligned blocks, counted, freed together.
final class Memory {
    private var blocks: [(pointer: UnsafeMutableRawPointer, bytes: Int)] = []
    private var bytes = 0
    private static let largePage = 1 << 21
    /// Most bytes allocated at once.
    private(set) var peakBytes = 0

    deinit { for block in blocks { free(block.pointer) } }

    /// Room for `rows × elements` floats or 32-bit integers, uninitialised, and one vector more, so that a whole vector
    /// may be read at the last element.
    ///
    /// - Throws: `CPUError.outOfMemory`.
    func allocate(_ rows: Int, _ elements: Int) throws(CPUError) -> UnsafeMutableRawPointer {
        let (count, overflow) = rows.multipliedReportingOverflow(by: elements)
        guard !overflow, count >= 0, count < Int.max / 8 else { throw .outOfMemory(bytes: .max) }
        let size = Self.bytes(count)
        var pointer: UnsafeMutableRawPointer?
        let alignment = size >= Self.largePage ? Self.largePage : 64
        guard posix_memalign(&pointer, alignment, size) == 0, let pointer else { throw .outOfMemory(bytes: size) }
        #if canImport(Glibc)
            // A page is not given until it is first written, and hundreds of thousands of small ones take a second.
            if size >= Self.largePage { madvise(pointer, size, MADV_HUGEPAGE) }
        #endif
        blocks.append((pointer, size))
        bytes += size
        peakBytes = max(peakBytes, bytes)
        return pointer
    }

    /// What so many elements take.
    static func bytes(_ elements: Int) -> Int { (4 * elements + 127) / 64 * 64 }

    /// Counts memory that was allocated elsewhere, or, below 0, that was freed there.
    func count(_ more: Int) {
        bytes += more
        peakBytes = max(peakBytes, bytes)
    }
}
