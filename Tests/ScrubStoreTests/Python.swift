import Foundation
import Testing

/// python3 with its sqlite3: another program at the same file.
struct Python {
    /// Runs a script to its end.
    ///
    /// - Returns: what it printed.
    @discardableResult
    static func run(_ script: String, _ arguments: String...) throws -> String {
        let process = try start(script, arguments)
        let output = process.output.readDataToEndOfFile()
        process.process.waitUntilExit()
        try #require(process.process.terminationStatus == 0, "python3: \(script)")
        return String(decoding: output, as: UTF8.self)
    }

    /// Whether a module can be imported.
    static func has(_ module: String) -> Bool {
        (try? run("import importlib.util, sys; print(importlib.util.find_spec(sys.argv[1]) is not None)", module))
            == "True\n"
    }

    /// Statements, as another program would run them.
    static func sql(_ statements: String, _ path: String) throws {
        try run(
            "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2]); c.close()", path,
            statements)
    }

    /// Runs `body` while a script runs, from its first line of output on; then ends it as `kill -9` does.
    static func meanwhile<Value>(_ script: String, _ arguments: String..., body: (Int32) throws -> Value) throws
        -> Value
    {
        let (process, output) = try start(
            script + "\nprint('ready', flush=True)\nimport time\ntime.sleep(60)", arguments)
        defer {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        try #require(String(decoding: output.availableData, as: UTF8.self).hasPrefix("ready"))
        return try body(process.processIdentifier)
    }

    private static func start(_ script: String, _ arguments: [String]) throws -> (process: Process, output: FileHandle)
    {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script] + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        try process.run()
        return (process, output.fileHandleForReading)
    }
}
