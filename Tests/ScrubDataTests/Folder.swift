import Foundation

/// A temporary folder that disappears with the test that made it.
final class Folder {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("scrubjay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of a file in the folder, with these contents.
    func file(_ name: String, _ contents: some Sequence<UInt8>) throws -> String {
        let path = self.path(name)
        try Data(contents).write(to: URL(fileURLWithPath: path))
        return path
    }

    func path(_ name: String) -> String { "\(path)/\(name)" }

    /// What the error that `body` throws says, without the folder's own path.
    func complaint(_ body: () throws -> Any?) -> String {
        do {
            let result = try body()
            return "no error, but \(result ?? "nil")"
        } catch {
            return "\(error)".replacingOccurrences(of: "\(path)/", with: "")
        }
    }
}
