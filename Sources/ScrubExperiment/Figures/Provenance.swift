internal import Foundation
internal import ScrubCore
internal import ScrubHypothesis
internal import ScrubModels

/// What a figure was made from: enough to make it again.
public struct Provenance: Codable, Hashable, Sendable {
    /// Of this program.
    public var version: String
    /// SHA-256 of each file read, by its path as given.
    public var files: [String: String]
    /// The flags that decide the figures.
    public var flags: [String: String]
    /// SHA-256 of the choices that a tuning made for the device's kernels, on which last digits may depend; nil where
    /// there is no tuning.
    public var tuning: String?

    /// The SHA-256 of a file.
    ///
    /// - Throws: `FileError`.
    public static func hash(of path: String) throws -> String {
        try MappedFile(path).withBytes { Digest($0).description }
    }
}

/// The program's version.
public let scrubjayVersion = "0.1.0"

extension Experiment {
    /// Hypothesis, configuration, weights and data.
    static func files(_ hypothesis: Hypothesis, _ checkpoint: Checkpoint) -> [String] {
        let folder = checkpoint.folder
        let weights = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter {
            $0.hasSuffix(".safetensors") || $0 == "config.json"
        }
        let slash = folder.hasSuffix("/") ? "" : "/"
        let circuit = hypothesis.circuit.map { hypothesis.resolve($0.value) }
        let named = [hypothesis.dataFile.value, circuit].compactMap(\.self)
        let read = weights.sorted().map { folder + slash + $0 } + named
        return FileManager.default.fileExists(atPath: hypothesis.file) ? [hypothesis.file] + read : read
    }
}
