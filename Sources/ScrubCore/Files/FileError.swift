internal import Glibc

/// Why a file could not be read or written.
public enum FileError: Diagnostic, Hashable {
    /// Nothing is there, or a folder on the way to it is missing.
    case missing(path: String)
    case isDirectory(path: String)
    /// A file cannot be made there, since its folder is missing.
    case noFolder(path: String)
    /// A pipe, a socket or a device.
    case notRegular(path: String)
    /// The system refused `doing` ("open", "write") for want of permission.
    case permission(path: String, doing: String)
    /// Any other answer of the system, by its error number.
    case system(path: String, doing: String, code: Int32)

    /// The case for the error number `code`, which the call `doing` left.
    init(path: String, doing: String, code: Int32) {
        self =
            switch code {
            case ENOENT, ENOTDIR, ENAMETOOLONG: doing == "write" ? .noFolder(path: path) : .missing(path: path)
            case EISDIR: .isDirectory(path: path)
            case EACCES, EPERM, EROFS: .permission(path: path, doing: doing)
            default: .system(path: path, doing: doing, code: code)
            }
    }

    public var path: String {
        switch self {
        case .missing(let path), .isDirectory(let path), .noFolder(let path), .notRegular(let path),
            .permission(let path, _), .system(let path, _, _):
            path
        }
    }

    public var location: SourceLocation? { SourceLocation(file: path) }

    public var message: String {
        switch self {
        case .missing: "no such file"
        case .isDirectory: "is a folder, expected a file"
        case .noFolder: "cannot write: the folder does not exist"
        case .notRegular: "is not a regular file"
        case .permission(_, let doing): "no permission to \(doing)"
        case .system(_, let doing, let code): "cannot \(doing): \(String(cString: strerror(code)))"
        }
    }

    public var fault: Fault {
        switch self {
        case .missing, .isDirectory, .notRegular: .input
        case .noFolder, .permission, .system: .device
        }
    }
}
