internal import Glibc

/// Writes `bytes` to `path` so that a reader sees the old file or the whole new one, and a crash leaves no half of
/// either.
///
/// The bytes go to a temporary file in the same folder, are flushed to the disk, and are then renamed. What is there
/// and is no ordinary file (a pipe, `/dev/stdout`) is written to as it is.
public func writeAtomically(_ bytes: [UInt8], to path: String) throws(FileError) {
    guard !path.utf8.contains(0), !path.isEmpty else { throw .missing(path: path) }
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
        if status.st_mode & S_IFMT == S_IFDIR { throw .isDirectory(path: path) }
        return try writeThrough(bytes, to: path)
    }

    var template = Array("\(path).XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw FileError(path: path, doing: "write", code: errno) }
    if let code = fill(descriptor, with: bytes) {
        close(descriptor)
        unlink(template)
        throw FileError(path: path, doing: "write", code: code)
    }
    guard close(descriptor) == 0, rename(template, path) == 0 else {
        let code = errno
        unlink(template)
        throw FileError(path: path, doing: "write", code: code)
    }
}

/// Throws where `writeAtomically` to `path` would fail for want of a folder: to be asked before the work whose result
/// goes there.
public func requireFolder(of path: String) throws(FileError) {
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    var status = stat()
    guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { throw .noFolder(path: path) }
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { throw .isDirectory(path: path) }
}

/// Writes to what is at `path`, which is not replaced.
private func writeThrough(_ bytes: [UInt8], to path: String) throws(FileError) {
    let descriptor = open(path, O_WRONLY)
    guard descriptor >= 0 else { throw FileError(path: path, doing: "write", code: errno) }
    let failure = write(bytes, to: descriptor)
    close(descriptor)
    if let failure { throw FileError(path: path, doing: "write", code: failure) }
}

/// Writes, sets the permissions a new file ordinarily has, and flushes; returns the error number of what failed.
private func fill(_ descriptor: Int32, with bytes: [UInt8]) -> Int32? {
    if let failure = write(bytes, to: descriptor) { return failure }
    // mkstemp makes files for the owner alone; a result file is for whoever the folder lets in.
    guard fchmod(descriptor, 0o644) == 0, fsync(descriptor) == 0 else { return errno }
    return nil
}

/// Writes all of `bytes`; returns the error number of what failed.
private func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    bytes.withUnsafeBytes { buffer in
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
}
