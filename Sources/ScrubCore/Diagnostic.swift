/// A place in a text that a person wrote: where a value was read.
public struct SourceLocation: Hashable, Sendable, CustomStringConvertible {
    public var file: String
    public var line: Int?
    public var column: Int?

    public init(file: String, line: Int? = nil, column: Int? = nil) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// `file`, `file:line` or `file:line:column`.
    public var description: String {
        ([file] + [line, column].prefix { $0 != nil }.map { String($0 ?? 0) }).joined(separator: ":")
    }
}

/// Who must act on an error; decides the exit status of a command.
public enum Fault: Sendable {
    /// What the user gave cannot be used (exit status 2).
    case input
    /// A device or the file system failed (exit status 3).
    case device
}

/// An error that a person can act on. Each module has its own enum of cases with payloads; the prose is derived from
/// them.
public protocol Diagnostic: Error, CustomStringConvertible {
    /// Where the offending text or file is; nil when there is none.
    var location: SourceLocation? { get }
    /// What was read, what was expected, what exists. One sentence, without the location.
    var message: String { get }
    var fault: Fault { get }
}

extension Diagnostic {
    public var fault: Fault { .input }
    public var location: SourceLocation? { nil }
    public var description: String { location.map { "\($0): \(message)" } ?? message }
}

/// The members of `known` nearest to `word` by edit distance, nearest first: for "perhaps you meant".
///
/// - Complexity: O(known.count × word.count × the longest member).
public func suggestions(for word: String, among known: some Sequence<String>, limit: Int = 3) -> [String] {
    let near = known.map { ($0, editDistance(word, $0)) }.filter { $0.1 <= max(1, word.count / 2) }
    return near.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.prefix(limit).map(\.0)
}

/// Levenshtein distance in characters.
private func editDistance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a), Array(b))
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, y) in b.enumerated() {
            let substituted = diagonal + (x == y ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
        }
    }
    return row[b.count]
}
