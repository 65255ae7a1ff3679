internal import Glibc

/// A file that is written in pieces and is there when it is whole: a reader sees the old one or all of the new one, and a crash
/// leaves no half of either.
///
/// The bytes go to a temporary file in the same folder, are flushed to the disk, and are then renamed. What is there
/// and is no ordinary file (a pipe, `/dev/stdout`) is written to as it is.
public final class AtomicFile {
    private let path: String
    private var descriptor: Int32
    /// Nil where it is written to as it is.
    private var temporary: [CChar]?

    /// - Parameter path: of the file.
    /// - Throws: where nothing can be written there.
    public init(_ path: String) throws(FileError) {
        self.path = path
        guard !path.utf8.contains(0), !path.isEmpty else { throw .missing(path: path) }
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            if status.st_mode & S_IFMT == S_IFDIR { throw .isDirectory(path: path) }
            descriptor = open(path, O_WRONLY)
        } else {
            var template = Array("\(path).XXXXXX".utf8CString)
            descriptor = mkstemp(&template)
            if descriptor >= 0 { temporary = template }
        }
        guard descriptor >= 0 else { throw FileError(path: path, doing: "write", code: errno) }
    }

    /// - Parameter bytes: what comes next.
    /// - Throws: where the system does not take them.
    public func write(_ bytes: [UInt8]) throws(FileError) {
        let failure: Int32? = bytes.withUnsafeBytes { buffer in
            var offset = 0
            while offset < buffer.count {
                let count = Glibc.write(descriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
                if count < 0 {
                    if errno == EINTR { continue }
                    return errno
                }
                offset += count
            }
            return nil
        }
        if let failure { throw FileError(path: path, doing: "write", code: failure) }
    }

    /// Puts the file in its place. Nothing is written after it.
    public func finish() throws(FileError) {
        guard let temporary else { return }
        // mkstemp makes files for the owner alone; a result file is for whoever the folder lets in.
        guard fchmod(descriptor, 0o644) == 0, fsync(descriptor) == 0, rename(temporary, path) == 0 else {
            throw FileError(path: path, doing: "write", code: errno)
        }
        self.temporary = nil
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        if let temporary { unlink(temporary) }
    }
}
