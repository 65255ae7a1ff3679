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

    @Option(help: "What stands above the page; the sweep's name, or else the store's, unless given.")
    var title: String?

    @Option(help: "Write the runs as comma-separated values, a row a run.")
    var csv: String?

    @Option(help: "Write every figure as comma-separated values, a row a number.")
    var figuresCsv: String?

    @Option(help: "Write the runs with their reports as JSON, an object a line.")
    var jsonl: String?

    @Option(help: "Write the runs as a table in Markdown.")
    var markdown: String?

    /// What a file is that nobody means to be rid of.
    private static func precious(_ path: String) -> String? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        if (try? file.read(upToCount: 15)) == Data("SQLite format 3".utf8) { return "another store" }
        return ["yaml", "yml"].contains(URL(filePath: path).pathExtension) ? "a hypothesis or a sweep" : nil
    }

    mutating func run() throws {
        let tables: [(flag: String, form: ExportForm, path: String?)] = [
            ("--csv", .csv, csv), ("--figures-csv", .figuresCSV, figuresCsv), ("--jsonl", .jsonl, jsonl),
            ("--markdown", .markdown, markdown),
        ]
        let named = ([("--output", output)] + tables.map { ($0.flag, $0.path) })
            .compactMap { flag, path in path.map { (flag, $0) } }
        if named.isEmpty {
            throw UsageError(
                "report writes nothing without --output, --csv, --figures-csv, --jsonl or --markdown: name a file")
        }
        let written = try WrittenFiles(named)
        for (flag, path) in named {
            if path == store { throw UsageError("\(flag) names the store itself: \(path)") }
            if let found = Self.precious(path) {
                throw UsageError("\(flag) names \(found), which a report would replace: \(path)")
            }
        }
        try written.check(reading: [store])

        let kept = try RunStore(store, mode: .read)
        if try kept.runs().isEmpty { throw ReportError.empty(store) }
        if let output {
            let file = URL(filePath: store).deletingPathExtension().lastPathComponent
            let sweeps = try kept.sweeps().joined(separator: ", ")
            let page = try SweepPage(title: title ?? (sweeps.isEmpty ? file : sweeps), runs: kept.stored()).html()
            try writeAtomically(Array(page.utf8), to: output)
        }
        for (_, form, path) in tables {
            if let path { try kept.export(form, to: path) }
        }
    }
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
