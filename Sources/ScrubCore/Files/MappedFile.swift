internal import Glibc

/// The bytes of a file, mapped read-only: pages are read when they are touched, and nothing is copied.
///
/// The file must not be shortened by another process while it is mapped; replacing it by rename (`writeAtomically`)
/// is fine.
public final class MappedFile: @unchecked Sendable {
    // Unchecked because of the pointer: what it points to is never written and lives as long as this object.
    public let path: String
    /// Bytes in the file.
    public let count: Int
    private let base: UnsafeMutableRawPointer?

    /// Maps the file at `path`; an empty file is fine.
    public init(_ path: String) throws(FileError) {
        // The system would read a name with a zero byte only up to that byte.
        guard !path.utf8.contains(0) else { throw .missing(path: path) }
        // Without O_NONBLOCK, opening a pipe waits for a writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileError(path: path, doing: "open", code: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileError(path: path, doing: "open", code: errno) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw .isDirectory(path: path)
        default: throw .notRegular(path: path)
        }
        self.path = path
        count = Int(status.st_size)
        guard count > 0 else {
            base = nil
            return
        }
        guard let mapped = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), mapped != MAP_FAILED else {
            throw FileError(path: path, doing: "map", code: errno)
        }
        base = mapped
    }

    deinit {
        if let base { munmap(base, count) }
    }

    /// Calls `body` with the file's bytes; they must not be used after it returns.
    public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        let result = try body(UnsafeRawBufferPointer(start: base, count: count))
        withExtendedLifetime(self) {}
        return result
    }
}
