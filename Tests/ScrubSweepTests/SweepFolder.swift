import Foundation
import ScrubSweep

/// A temporary folder with hypotheses and a sweep file; it disappears with the last reference to it.
final class SweepFolder: Sendable {
    let path: String

    /// - Parameter ending: what the folder's name ends with.
    init(in ending: String = "") throws {
        let name = "scrubjay-\(UUID().uuidString)\(ending)"
        let url = FileManager.default.temporaryDirectory.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
        try write("head.yaml", Self.head)
        try write("1a.yaml", Self.plain)
        try write("1b.yaml", Self.plain)
        try write("stated.yaml", Self.stated)
        for name in ["model", "other"] {
            try FileManager.default.createDirectory(atPath: "\(path)/\(name)", withIntermediateDirectories: true)
        }
        for name in ["a.npz", "b.npz"] { try write(name, "") }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }

    /// A sweep file of the folder, read.
    func sweep(_ text: String) throws -> Sweep {
        try write("s.yaml", text)
        return try Sweep.read("\(path)/s.yaml")
    }

    /// What is wrong with a sweep file, with paths as from the folder; nil where nothing is.
    func complaint(_ text: String) -> String? {
        do {
            _ = try sweep(text)
            return nil
        } catch {
            return "\(error)".replacingOccurrences(of: path + "/", with: "")
        }
    }

    /// Two parameters, one of them in a comment besides.
    static let head = """
        # ${nothing} stands for nothing here
        model: model/
        data: a.npz
        behaviour: {loss: cross_entropy, at: last, label: label}
        interpretation:
          inputs:
            a${layer}.h${head}: {same: ${feature}}
        """

    static let plain = """
        model: model/
        data: a.npz
        behaviour: {loss: cross_entropy, at: last, label: label}
        interpretation: {inputs: {a0.h0: {same: count}}}
        """

    /// Every claim states its own others.
    static let stated = """
        model: model/
        data: a.npz
        behaviour: {loss: cross_entropy, at: last, label: label}
        interpretation: {others: each, inputs: {a0.h0: {same: count}}}
        """
}
