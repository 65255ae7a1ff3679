import Foundation

/// The `scrubjay` program, run as a user runs it.
struct Program {
    struct Result {
        /// The exit status; the signal's number, negative, where one ended the program.
        var status: Int32
        var output: String
        var errors: String
    }

    struct Missing: Error, CustomStringConvertible {
        let name: String
        let searched: [String]
        var description: String { "no program \(name) in \(searched.joined(separator: ", ")): build it first" }
    }

    /// Runs the program and waits for its end; one that takes longer than `seconds` is ended.
    ///
    /// - Parameters:
    ///   - environment: variables besides those of this process.
    ///   - folder: the working directory; this process's own unless given.
    ///   - name: of the program.
    static func run(
        _ arguments: [String], environment: [String: String] = [:], in folder: String? = nil, seconds: Int = 60,
        program name: String = "scrubjay"
    ) throws -> Result {
        let process = Process()
        process.executableURL = try executable(name)
        process.arguments = arguments
        // A crash is told by the status alone, at once.
        process.environment = ProcessInfo.processInfo.environment
            .merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
            .merging(environment) { $1 }
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }

        // Files, unlike pipes, take any number of bytes before they are read.
        let streams = try Folder()
        let (output, errors) = (try streams.stream("output"), try streams.stream("errors"))
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let latest = Date(timeIntervalSinceNow: Double(seconds))
        while process.isRunning {
            // Not SIGTERM, which this process's threads may have blocked, and their children with them.
            if Date() > latest { kill(process.processIdentifier, SIGKILL) }
            usleep(2000)
        }
        let isSignal = process.terminationReason == .uncaughtSignal
        return Result(
            status: isSignal ? -process.terminationStatus : process.terminationStatus,
            output: try streams.text("output"), errors: try streams.text("errors"))
    }

    /// The program beside the running test bundle: in the folder of the bundle, or in one above it.
    static func executable(_ name: String = "scrubjay") throws -> URL {
        let bundle = URL(fileURLWithPath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
        var searched: [String] = []
        for start in [bundle, Bundle.main.bundleURL.resolvingSymlinksInPath()] {
            var folder = start.deletingLastPathComponent()
            for _ in 0..<4 where folder.path != "/" {
                let program = folder.appendingPathComponent(name)
                var isFolder: ObjCBool = false
                if FileManager.default.fileExists(atPath: program.path, isDirectory: &isFolder), !isFolder.boolValue,
                    FileManager.default.isExecutableFile(atPath: program.path)
                {
                    return program
                }
                searched.append(folder.path)
                folder.deleteLastPathComponent()
            }
        }
        throw Missing(name: name, searched: searched)
    }
}

/// A temporary folder that disappears with the last reference to it.
final class Folder: Sendable {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("scrubjay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func path(_ name: String) -> String { "\(path)/\(name)" }

    func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(name)))) }

    func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

    func write(_ name: String, _ bytes: some Sequence<UInt8>) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
    }

    func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name)) }

    func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
    }

    /// A new file, open for writing.
    fileprivate func stream(_ name: String) throws -> FileHandle {
        try write(name, "")
        return try FileHandle(forWritingTo: URL(fileURLWithPath: path(name)))
    }
}
