import Foundation

/// Standard error, and whether a person is reading it.
enum Console {
    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Whether standard output may have colours: on a terminal, unless its owner wants none (no-color.org).
    static var isColoured: Bool {
        isatty(STDOUT_FILENO) == 1 && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
    }

    /// A line, after what is on its way to standard output.
    static func error(_ text: String) {
        fflush(nil)
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }

    /// Without a line's end, for a line that is drawn again.
    static func draw(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

    static func exit(_ status: Int32) -> Never { Foundation.exit(status) }
}
