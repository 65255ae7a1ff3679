import Scrubjay

/// A flag whose value cannot be used.
struct UsageError: Diagnostic, Equatable {
    let message: String

    init(_ message: String) { self.message = message }
}
