internal import Foundation
public import ScrubCore

/// Graphviz's `dot`, which lays drawings out: a program, run once for all that there is to draw.
public struct Graphviz: Sendable {
    public init() {}

    /// The picture of a graph.
    ///
    /// - Parameter text: in Graphviz's language.
    /// - Returns: SVG.
    /// - Throws: `GraphvizError`; what the file system says where there is no room for temporary files.
    public func svg(of text: String) throws -> [UInt8] { try run(text, format: "svg") }

    func run(_ text: String, format: String) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "scrubjay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Files, unlike pipes, take any number of bytes while nobody reads.
        let (source, output, errors) = (
            folder.appending(path: "graphs.dot"), folder.appending(path: "output"), folder.appending(path: "errors")
        )
        try Data(text.utf8).write(to: source)
        for file in [output, errors] { try Data().write(to: file) }

        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["dot", "-T\(format)", source.path]
        process.standardInput = FileHandle.nullDevice
        // By its option -o dot writes the first of several graphs alone.
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        // 127 is env's word for a program that is not on the PATH.
        if process.terminationStatus == 127 { throw GraphvizError.missing }
        let said = String(decoding: (try? Data(contentsOf: errors)) ?? Data(), as: UTF8.self)
        guard process.terminationStatus == 0, let bytes = try? Data(contentsOf: output) else {
            throw GraphvizError.failed(status: process.terminationStatus, said: said)
        }
        return Array(bytes)
    }
}

/// A drawing that could not be laid out.
public enum GraphvizError: Diagnostic, Equatable {
    case missing
    case failed(status: Int32, said: String)

    public var message: String {
        switch self {
        case .missing:
            "this takes Graphviz, and there is no dot on the PATH: install it (apt install graphviz)"
        case .failed(let status, let said):
            "Graphviz's dot ended with status \(status): \(said.trimmingCharacters(in: .whitespacesAndNewlines))"
        }
    }

    public var fault: Fault { .device }
}
