internal import Glibc

/// A line on standard error, where `SCRUBJAY_DEBUG` is set: what costs time but no run, and why.
func debugNote(_ text: String) {
    if getenv("SCRUBJAY_DEBUG") == nil { return }
    let line = text + "\n"
    _ = write(STDERR_FILENO, line, line.utf8.count)
}
