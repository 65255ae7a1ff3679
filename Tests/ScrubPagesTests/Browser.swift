import Foundation

/// Chromium, without a window.
enum Browser {
    private static let names = ["chromium", "chromium-browser", "google-chrome"]

    /// The first of its names on the PATH.
    static let program: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .flatMap { folder in names.map { "\(folder)/\($0)" } }
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    struct Missing: Error {}

    /// What a page has become after its script has run, and what the browser's console said.
    ///
    /// - Parameters:
    ///   - html: the page.
    ///   - fragment: what stands behind `#` in its address.
    ///   - flags: of the browser, besides.
    static func open(
        _ html: String, fragment: String = "", flags: [String] = []
    ) throws -> (html: String, console: [String]) {
        guard let program else { throw Missing() }
        let folder = FileManager.default.temporaryDirectory.appending(path: "scrubjay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let page = folder.appending(path: "page.html")
        try Data(html.utf8).write(to: page)
        // Files, unlike pipes, take any number of bytes before they are read.
        let streams = ["output", "errors"].map { folder.appending(path: $0) }
        for stream in streams { try Data().write(to: stream) }

        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(folder.path)/profile",
                "--virtual-time-budget=10000", "--enable-logging=stderr", "--log-level=0",
            ] + flags + ["--dump-dom", "file://\(page.path)\(fragment.isEmpty ? "" : "#")\(fragment)"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: streams[0])
        process.standardError = try FileHandle(forWritingTo: streams[1])
        try process.run()
        process.waitUntilExit()
        let said = try streams.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
        return (said[0], said[1].split(separator: "\n").filter { $0.contains("CONSOLE") }.map(String.init))
    }
}
