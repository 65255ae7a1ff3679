import Foundation
import Testing

/// The program in docs/library.md, built as a package of its own that depends on this one, prints what the page says.
@Suite struct LibraryTests {
    private static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    @Test(.timeLimit(.minutes(30))) func theProgramPrintsWhatIsShown() throws {
        let page = try String(contentsOfFile: Self.repository + "/docs/library.md", encoding: .utf8)
        // Kept from run to run, so that only what changed is built again.
        let folder = Self.repository + "/.build/library"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for file in ["main.swift", "Package.swift"] {
            let text = try block("swift gates/\(file)", of: page).replacingOccurrences(of: "SCRUBJAY", with: Self.repository)
            try text.write(toFile: folder + "/" + file, atomically: true, encoding: .utf8)
        }
        let process = Process()
        let (output, errors) = (Pipe(), FileHandle.standardError)
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["swift", "run", "--package-path", folder, "gates"]
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let printed = try #require(try output.fileHandleForReading.readToEnd())
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(String(decoding: printed, as: UTF8.self).hasSuffix(try block("text", of: page)))
    }

    /// The contents of the first block that opens with this word.
    private func block(_ opening: String, of page: String) throws -> String {
        let start = try #require(page.range(of: "\n```\(opening)\n"))
        let end = try #require(page.range(of: "\n```\n", range: start.upperBound..<page.endIndex))
        return page[start.upperBound..<end.lowerBound] + "\n"
    }
}
