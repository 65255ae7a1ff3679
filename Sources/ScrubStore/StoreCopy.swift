internal import Foundation

/// A store's file in a folder of its own, gone with the last reference.
final class StoreCopy: Sendable {
    let path: String
    private let folder: URL

    init(of store: String) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "scrubjay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.appending(path: "store.db").path
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: store + suffix) {
            try FileManager.default.copyItem(atPath: store + suffix, toPath: path + suffix)
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
}
