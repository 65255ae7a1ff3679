internal import Foundation
internal import ScrubCore

extension RunStore {
    /// Runs as JSON, an object a line: what was asked, what became of it, and the whole report.
    ///
    /// - Parameters:
    ///   - filter: which runs.
    ///   - write: is given the text in pieces.
    /// - Throws: `StoreError.changed` where a run is not what was written; what `write` throws.
    public func jsonl(_ filter: RunFilter = .all, to write: (String) throws -> Void) throws {
        let path = path
        try eachFound(filter) { found in
            try write(try found.concurrentMap { try JSONLine($0, path).text }.joined())
        }
    }
}

/// A run as a line of JSON.
private struct JSONLine: Encodable {
    var key: String
    var asked: RunStatement
    var state: String
    var error: String?
    /// Whether what was asked is to blame for it.
    var errorIsInput: Bool?
    /// Kept of a run that is not done.
    var replicates: Int?
    var seconds: Double?
    var finished: String?
    var command: String
    private var report: String?

    private enum CodingKeys: String, CodingKey {
        case key, asked, state, error, replicates, seconds, finished, command
        case errorIsInput = "error_is_input"
    }

    init(_ found: FoundRun, _ path: String) throws {
        let row = found.row
        (key, asked, state) = (row.key, try found.statement(path), row.state.name.rawValue)
        (seconds, finished, command) = (row.seconds, row.finished, row.command)
        switch row.state {
        case .done: report = try found.reportText(path)
        case .failed(let message, let isInput): (error, errorIsInput) = (message, isInput)
        case .unfinished(let kept): replicates = kept
        }
    }

    /// The report is JSON already, and to read it and write it again would take most of the time.
    var text: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let head = String(decoding: try encoder.encode(self), as: UTF8.self)
            return report.map { "\(head.dropLast()),\"report\":\($0)}\n" } ?? "\(head)\n"
        }
    }
}
