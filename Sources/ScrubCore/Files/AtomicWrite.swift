internal import Glibc

/// Writes `bytes` to `path` so that a reader sees the old file or the whole new one: an `AtomicFile` at once.
public func writeAtomically(_ bytes: [UInt8], to path: String) throws(FileError) {
    let file = try AtomicFile(path)
    try file.write(bytes)
    try file.finish()
}

/// Throws where `writeAtomically` to `path` would fail for want of a folder: to be asked before the work whose result
/// goes there.
public func requireFolder(of path: String) throws(FileError) {
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    var status = stat()
    guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { throw .noFolder(path: path) }
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { throw .isDirectory(path: path) }
}
