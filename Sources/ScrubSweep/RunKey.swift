internal import Foundation
internal import ScrubCore
internal import ScrubExperiment
internal import ScrubStore

/// What tells runs apart: two of one key have the same figures.
///
/// The SHA-256 of the statement without the names it goes by, of the contents of the files that it reads besides its own
/// text, and of the program's version.
struct RunKey {
    private struct Digested: Encodable {
        var statement: RunStatement
        var files: [String]
        var version: String
    }

    let text: String

    /// - Parameters:
    ///   - statement: what is asked.
    ///   - files: the SHA-256 of each file that it reads, but for its text; nil where it cannot be read.
    init(_ statement: RunStatement, files: [String]?) throws {
        var digested = statement
        // Names of files are not what figures follow from, nor is what is already put into the text. Of a run that cannot be
        // read they are all that tells it from others.
        if files != nil {
            digested.hypothesis = ""
            digested.parameters = [:]
            digested.model = statement.model.map { _ in "" }
            digested.data = statement.data.map { _ in "" }
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let bytes = try encoder.encode(
            Digested(statement: digested, files: files?.sorted() ?? [], version: scrubjayVersion))
        text = Array(bytes).withUnsafeBytes { Digest($0).description }
    }
}
