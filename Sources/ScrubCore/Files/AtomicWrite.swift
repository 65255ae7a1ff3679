internal import Glibc

/// Writes `bytes` to `path` so that a reader sees the old file or the whole new one, and a crash leaves no half of
/// either.
///
/// The bytes go to a temporary file in the same folder, are flushed to the disk, and are then renamed.
public func writeAtomically(_ bytes: [UInt8], to path: String) throws(FileError) {
    guard !path.utf8.contains(0), !path.isEmpty else { throw .missing(path: path) }
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { throw .isDirectory(path: path) }

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

/// Writes, sets the permissions a new file ordinarily has, and flushes; returns the error number of what failed.
private func fill(_ descriptor: Int32, with bytes: [UInt8]) -> Int32? {
    let written: Int32? = bytes.withUnsafeBytes { buffer in
        var offset = 0
        while offset < buffer.count {
            let count = write(descriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
            if count < 0 {
                if errno == EINTR { continue }
                return errno
            }
            offset += count
        }
        return nil
    }
    if let written { return written }
    // mkstemp makes files for the owner alone; a result file is for whoever the folder lets in.
    guard fchmod(descriptor, 0o644) == 0, fsync(descriptor) == 0 else { return errno }
    return nil
}
