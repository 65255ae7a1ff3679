internal import Foundation

/// That one process at a time runs a sweep or a merge into a store; the system releases it when the process ends, however
/// it ends. Readers do not ask for it.
final class StoreLock: Sendable {
    private let descriptor: Int32

    /// - Throws: `StoreError.taken`, `.readOnly`, `.noFolder`, `.cannotOpen`.
    init(of store: String) throws(StoreError) {
        // One store has one lock, by whatever name it is reached.
        let path = URL(fileURLWithPath: store).resolvingSymlinksInPath().path + "-lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        if descriptor < 0 {
            switch errno {
            case ENOENT, ENOTDIR: throw .noFolder(store)
            case EACCES, EROFS, EPERM: throw .readOnly(store)
            default: throw .cannotOpen(store, String(cString: strerror(errno)))
            }
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
            close(descriptor)
            throw .taken(store, by: holder.isEmpty ? "another process" : "process \(holder)")
        }
        // For whoever finds it taken.
        let own = Array("\(getpid())".utf8)
        ftruncate(descriptor, 0)
        _ = own.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, own.count, 0) }
    }

    deinit { close(descriptor) }
}
