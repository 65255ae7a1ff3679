import ArgumentParser
import Foundation
import Scrubjay

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Make one HTML page of the runs in a store, or write them for other programs.")

    @Argument(help: "A store of runs.")
    var store: String

    @Option(name: .shortAndLong, help: "Write the page: one file, which needs no network.")
    var output: String?

    @Option(help: "What stands above the page; the store's name unless given.")
    var title: String?

    @Option(help: "Write the figures as comma-separated values, a line for each behaviour of each run.")
    var csv: String?

    @Option(help: "Write the runs with their reports as JSON, an object a line.")
    var jsonl: String?

    @Option(help: "Write a table of what was recovered in Markdown.")
    var markdown: String?

    mutating func run() throws {
        let named = [("--output", output), ("--csv", csv), ("--jsonl", jsonl), ("--markdown", markdown)]
            .compactMap { flag, path in path.map { (flag, $0) } }
        if named.isEmpty {
            throw UsageError("report writes nothing without --output, --csv, --jsonl or --markdown: name a file")
        }
        for (place, (flag, path)) in named.enumerated() {
            if let other = named[..<place].first(where: { $0.1 == path }) {
                throw UsageError("\(other.0) and \(flag) name the same file")
            }
            if path == store { throw UsageError("\(flag) names the store itself: \(path)") }
            try requireFolder(of: path)
        }

        let runs = try RunStore(store, mode: .read).stored()
        if runs.isEmpty { throw ReportError.empty(store) }
        let records = SweepRecords(runs)
        if let output {
            let name = URL(filePath: store).deletingPathExtension().lastPathComponent
            try write(SweepPage(title: title ?? name, runs: runs).html(), to: output)
        }
        if let csv { try write(records.csv, to: csv) }
        if let jsonl { try write(records.jsonLines(), to: jsonl) }
        if let markdown { try write(records.markdown, to: markdown) }
    }

    private func write(_ text: String, to path: String) throws { try writeAtomically(Array(text.utf8), to: path) }
}

/// A store of which there is nothing to report.
enum ReportError: Diagnostic, Equatable {
    case empty(String)

    var location: SourceLocation? {
        switch self {
        case .empty(let path): SourceLocation(file: path)
        }
    }

    var message: String {
        switch self {
        case .empty: "no run was asked for in this store, so that there is nothing to report"
        }
    }
}
