import Foundation
import ScrubCore

/// A folder in the system's temporary place that lives as long as `body` runs.
func withTemporaryFolder<R>(_ body: (String) throws -> R) throws -> R {
    let folder = FileManager.default.temporaryDirectory.appending(path: "judge-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
}

extension JudgeCase {
    /// Writes what a user would have: the model's folder, the dataset, the hypothesis.
    func write(to folder: String) throws {
        let model = folder + "/model"
        try FileManager.default.createDirectory(atPath: model, withIntermediateDirectories: true)
        try Data(self.model.configuration.utf8).write(to: URL(filePath: model + "/config.json"))
        try Safetensors.write(self.model.tensors, to: model + "/model.safetensors")
        try Data(rows.map(\.json).joined().utf8).write(to: URL(filePath: folder + "/data.jsonl"))
        let section = rewrites.isEmpty ? "" : "rewrites:\n" + rewrites.map { "  - \($0)\n" }.joined()
        try Data((HypothesisPrinter.text(hypothesis) + section).utf8).write(
            to: URL(filePath: folder + "/hypothesis.yaml"))
        if !rewrites.isEmpty { try Safetensors.write(self.model.directions, to: folder + "/" + Self.directions) }
    }
}
