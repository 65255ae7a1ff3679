import Foundation

/// Runs the commands of one page, one after the other.
struct DocsShell {
    /// `$TMPDIR`.
    let folder: Folder
    private let programs: String

    init() throws {
        folder = try Folder()
        programs = try Program.executable().deletingLastPathComponent().path
    }

    /// Exit status, and the lines printed: standard output, then errors, without progress.
    func run(_ command: String) throws -> (status: Int32, lines: [String]) {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        process.currentDirectoryURL = URL(filePath: DocsPage.repository)
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        process.environment = ProcessInfo.processInfo.environment.merging([
            "PATH": "\(programs):\(path)", "TMPDIR": folder.path,
        ]) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try stream(".output")
        process.standardError = try stream(".errors")
        try process.run()
        process.waitUntilExit()
        let text = try folder.text(".output") + folder.text(".errors")
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return (process.terminationStatus, lines.filter { $0.wholeMatch(of: /(dataset rows|replicates): \d+%/) == nil })
    }

    private func stream(_ name: String) throws -> FileHandle {
        try folder.write(name, "")
        return try FileHandle(forWritingTo: URL(filePath: folder.path(name)))
    }
}

/// Whether `found` is what a page shows as `printed`, in which `...` stands for anything. Empty lines at the end do not matter.
func docsMatch(_ printed: [String], _ found: [String]) -> Bool {
    func trimmed(_ lines: [String]) -> [String] { Array(lines.reversed().drop(while: \.isEmpty).reversed()) }
    return matches(
        trimmed(printed).map { $0 == "..." ? nil : $0 }, trimmed(found),
        by: { matches(pieces(of: $0), Array($1), by: ==) })
}

/// The characters of a line, with nil for each `...`.
private func pieces(of line: String) -> [Character?] {
    Array(
        line.split(separator: "...", omittingEmptySubsequences: false).map { $0.map(Optional.some) }.joined(separator: [
            nil
        ]))
}

/// Whether a pattern, in which nil stands for any elements, fits all of `text`: on a mismatch the last nil takes one element more.
private func matches<Pattern, Element>(
    _ pattern: [Pattern?], _ text: [Element], by fits: (Pattern, Element) -> Bool
) -> Bool {
    var (at, place) = (0, 0)
    var retry: (at: Int, place: Int)?
    while place < text.count {
        if at < pattern.count, pattern[at] == nil {
            at += 1
            retry = (at, place)
        } else if at < pattern.count, let wanted = pattern[at], fits(wanted, text[place]) {
            at += 1
            place += 1
        } else if let last = retry {
            retry = (last.at, last.place + 1)
            (at, place) = (last.at, last.place + 1)
        } else {
            return false
        }
    }
    return pattern[at...].allSatisfy { $0 == nil }
}
