internal import Glibc

/// The folder where the program keeps what it measured or compiled, so as not to do it again. Whatever is in it may be
/// deleted at any time.
public struct CacheFolder: Hashable, Sendable {
    public let path: String

    public init(path: String) { self.path = path }

    /// `SCRUBJAY_CACHE`, or else `scrubjay` in `XDG_CACHE_HOME`, or else `.cache/scrubjay` in `HOME`; nil where none of
    /// them is set.
    ///
    /// XDG Base Directory Specification 0.8, <https://specifications.freedesktop.org/basedir-spec/0.8/>: a path that is
    /// not absolute is ignored. `SCRUBJAY_CACHE` may be relative.
    public init?(environment: (_ name: String) -> String?) {
        func absolute(_ name: String) -> String? { environment(name).flatMap { $0.hasPrefix("/") ? $0 : nil } }
        if let own = environment("SCRUBJAY_CACHE"), !own.isEmpty {
            path = own
        } else if let base = absolute("XDG_CACHE_HOME") {
            path = "\(base)/scrubjay"
        } else if let home = absolute("HOME") {
            path = "\(home)/.cache/scrubjay"
        } else {
            return nil
        }
    }

    /// That of this process's environment.
    public static var ofUser: CacheFolder? { CacheFolder { name in getenv(name).map { String(cString: $0) } } }

    /// The path of what is called `name` in it.
    public func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Makes the folder, and those above it, where they are not there.
    public func make() throws(FileError) {
        var end = path.startIndex
        while end < path.endIndex {
            end = path[path.index(after: end)...].firstIndex(of: "/") ?? path.endIndex
            let part = String(path[..<end])
            if mkdir(part, 0o755) == 0 || errno == EEXIST { continue }
            let code = errno
            var status = stat()
            // A folder above may be there and not be writable.
            if stat(part, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { continue }
            throw CacheFolder.error(part, code)
        }
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw CacheFolder.error(path, ENOTDIR)
        }
    }

    private static func error(_ path: String, _ code: Int32) -> FileError {
        switch code {
        case EACCES, EPERM, EROFS: .permission(path: path, doing: "make the folder")
        default: .system(path: path, doing: "make the folder", code: code)
        }
    }
}
