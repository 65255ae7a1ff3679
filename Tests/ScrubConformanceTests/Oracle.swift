import Foundation
import ScrubConformance

/// `expected.py`, where python3 with numpy is there to run it.
enum Oracle {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources/ScrubConformance")

    static let isThere = (try? python(["-c", "import numpy"], reading: Data()))?.status == 0

    /// What the program prints about each case, its name's line included.
    static func texts(_ cases: [ConformanceCase]) throws -> [String: String] {
        let encoder = JSONEncoder()
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        let script = folder.appending(path: "expected.py").path
        let answer = try python([script], reading: encoder.encode(cases.map(CaseDescription.init)))
        guard answer.status == 0 else { throw Failure(description: "expected.py ended with status \(answer.status)") }
        let parts = answer.output.split(separator: "# ").map {
            $0.split(separator: "\n", maxSplits: 1).map(String.init)
        }
        return Dictionary(uniqueKeysWithValues: parts.map { ($0[0], $0.count > 1 ? $0[1] : "") })
    }

    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// Both streams are files: a pipe's reader may be interrupted when the process ends.
    private static func python(_ arguments: [String], reading input: Data) throws -> (status: Int32, output: String) {
        let name = "scrubjay-\(UUID().uuidString)"
        let (asked, answered) = (scratch(name + ".in"), scratch(name + ".out"))
        defer { for file in [asked, answered] { try? FileManager.default.removeItem(at: file) } }
        try input.write(to: asked)
        try Data().write(to: answered)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        process.standardInput = try FileHandle(forReadingFrom: asked)
        process.standardOutput = try FileHandle(forWritingTo: answered)
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return (process.terminationStatus, try String(contentsOf: answered, encoding: .utf8))
    }

    private static func scratch(_ name: String) -> URL { FileManager.default.temporaryDirectory.appending(path: name) }
}
