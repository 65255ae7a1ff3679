import Foundation
import Scrubjay

/// Graphviz's `dot`, which lays drawings out.
enum Graphviz {
    /// The picture of a graph in Graphviz's language.
    static func svg(of text: String) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "scrubjay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Files, unlike pipes, take any number of bytes while nobody reads.
        let (source, picture, errors) = (
            folder.appending(path: "claims.dot"), folder.appending(path: "claims.svg"), folder.appending(path: "errors")
        )
        try Data(text.utf8).write(to: source)
        try Data().write(to: errors)

        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["dot", "-Tsvg", "-o", picture.path, source.path]
        process.standardInput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        // 127 is env's word for a program that is not on the PATH.
        if process.terminationStatus == 127 { throw GraphvizError.missing }
        let said = String(decoding: (try? Data(contentsOf: errors)) ?? Data(), as: UTF8.self)
        guard process.terminationStatus == 0, let bytes = try? Data(contentsOf: picture) else {
            throw GraphvizError.failed(status: process.terminationStatus, said: said)
        }
        return Array(bytes)
    }
}

/// A drawing that could not be laid out.
enum GraphvizError: Diagnostic, Equatable {
    case missing
    case failed(status: Int32, said: String)

    var message: String {
        switch self {
        case .missing:
            "--svg takes Graphviz, and there is no dot on the PATH: install it (apt install graphviz), or take --dot, which "
                + "needs nothing"
        case .failed(let status, let said):
            "Graphviz's dot ended with status \(status): \(said.trimmingCharacters(in: .whitespacesAndNewlines))"
        }
    }

    var fault: Fault { .device }
}
