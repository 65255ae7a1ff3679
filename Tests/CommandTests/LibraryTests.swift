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
        for (file, text) in zip(["main.swift", "Package.swift"], blocks("swift", of: page)) {
            let text = text.replacingOccurrences(of: "SCRUBJAY", with: Self.repository)
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
        #expect(String(decoding: printed, as: UTF8.self).hasSuffix(try #require(blocks("text", of: page).first)))
    }

    /// The contents of the blocks that open with this word.
    private func blocks(_ opening: String, of page: String) -> [String] {
        page.components(separatedBy: "\n```\(opening)\n").dropFirst().map { rest in
            rest.components(separatedBy: "\n```\n")[0] + "\n"
        }
    }
}
