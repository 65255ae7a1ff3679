internal import Foundation
internal import ScrubCore
internal import ScrubExperiment
internal import ScrubStatistics
public import ScrubStore

/// The runs of a store in forms that other programs read. docs/reports.md describes each.
public struct SweepRecords: Sendable {
    public let runs: [StoredRun]

    public init(_ runs: [StoredRun]) { self.runs = runs }

    private static let estimates: [(name: String, value: @Sendable (Report.Figure) -> Estimate?)] = [
        ("recovered", { $0.recovered }), ("scrubbed", { $0.scrubbed }), ("model", { $0.model }),
        ("baseline", { $0.baseline }), ("difference", { $0.difference }),
    ]

    /// Comma-separated values (RFC 4180): a line for each behaviour of each run, one for a run without figures.
    public var csv: String {
        let parameters = Set(runs.flatMap(\.statement.parameters.keys)).sorted()
        let head =
            ["key", "hypothesis"] + parameters.map { "parameter \($0)" }
            + ["others", "ablation", "seed", "samples", "backend", "state", "message", "metric"]
            + Self.estimates.flatMap {
                [$0.name, "\($0.name)_standard_error", "\($0.name)_low", "\($0.name)_high", "\($0.name)_trusted"]
            } + ["warnings", "command"]
        let lines = runs.flatMap { run -> [[String]] in
            let statement = run.statement
            let start =
                [run.key, statement.hypothesis] + parameters.map { statement.parameters[$0] ?? "" }
                + [
                    statement.others ?? "", statement.ablation, statement.isExact ? "" : "\(statement.seed)",
                    "\(run.report?.samples ?? statement.samples)", statement.backend, run.state.name,
                    run.state.message ?? "",
                ]
            guard let report = run.report, !report.figures.isEmpty else {
                return [start + Array(repeating: "", count: 2 + 5 * Self.estimates.count) + [run.command]]
            }
            return report.figures.map { figure in
                start + [figure.metric] + Self.estimates.flatMap { Self.cells($0.value(figure)) }
                    + ["\(report.warnings.count)", run.command]
            }
        }
        return ([head] + lines).map { $0.map(Self.quoted).joined(separator: ",") + "\n" }.joined()
    }

    private static func cells(_ estimate: Estimate?) -> [String] {
        guard let estimate, estimate.interval.count == 2 else { return Array(repeating: "", count: 5) }
        return [estimate.mean, estimate.standardError, estimate.interval[0], estimate.interval[1]].map { "\($0)" }
            + ["\(estimate.isTrusted)"]
    }

    private static func quoted(_ cell: String) -> String {
        guard cell.utf8.contains(where: { ",\"\n\r".utf8.contains($0) }) else { return cell }
        return "\"\(cell.replacing("\"", with: "\"\""))\""
    }

    /// One line of a JSON file.
    private struct Line: Encodable {
        var key: String
        var statement: RunStatement
        var state: String
        var message: String?
        var report: Report?
        var command: String
        var finished: Date?
        var seconds: Double?
    }

    /// A JSON object a line for each run: what was asked, what became of it, and its report.
    ///
    /// - Throws: what the encoder says of a value that has no form in JSON; numbers that are not finite are words.
    public func jsonLines() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
        return try runs.map { run in
            let line = Line(
                key: run.key, statement: run.statement, state: run.state.name, message: run.state.message,
                report: run.report, command: run.command, finished: run.finished, seconds: run.seconds)
            return String(decoding: try encoder.encode(line), as: UTF8.self) + "\n"
        }.joined()
    }

    /// A table in Markdown: a line for each hypothesis with its parameters and policies, over its seeds.
    public var markdown: String {
        let groups = RunGroup.groups(of: runs)
        let names = GroupNames(groups)
        let head =
            ["hypothesis"] + names.parameters + names.traits.map(\.name)
            + ["seeds", "recovered", "scrubbed", "model", "baseline"]
        let rule = head.map { ["recovered", "scrubbed", "model", "baseline"].contains($0) ? "---:" : "---" }
        let lines = groups.map { group in
            [names.hypothesis(group.statement)] + names.parameters.map { group.statement.parameters[$0] ?? "" }
                + names.traits.map { $0.value(group) ?? "" } + Self.outcome(group)
        }
        return ([head.map(Self.plain), rule] + lines.map { $0.map(Self.plain) })
            .map { "| \($0.joined(separator: " | ")) |\n" }.joined()
    }

    /// Seeds and figures: with an interval for one seed, with the least and the greatest mean for several.
    private static func outcome(_ group: RunGroup) -> [String] {
        let done = group.done
        guard let first = done.first else {
            return ["\(group.runs.count)", group.runs.first?.state.message ?? "", "", "", ""]
        }
        let seeds = done.count == group.runs.count ? "\(done.count)" : "\(done.count) of \(group.runs.count)"
        let formats: [(Double) -> String] = [Numerals.percent] + Array(repeating: Numerals.number, count: 3)
        return [seeds]
            + zip(estimates, formats).map { estimate, format in
                guard let spread = group.spread({ estimate.value($0)?.mean }) else { return "undefined" }
                let range =
                    spread.count > 1
                    ? [spread.least, spread.greatest].map(format).joined(separator: " to ")
                    : estimate.value(first.report.figures[0]).flatMap { Numerals.interval($0, format) }
                return format(spread.mean) + (range.map { " (\($0))" } ?? "")
            }
    }

    /// What stands in a cell: no bars, no lines' ends, no markup.
    private static func plain(_ cell: String) -> String {
        var plain = ""
        for scalar in cell.unicodeScalars {
            switch scalar {
            case "\n", "\r": plain += " "
            case "|", "\\", "`", "*", "_", "[", "]", "<", ">", "&": plain += "\\\(scalar)"
            default: plain.unicodeScalars.append(scalar)
            }
        }
        return plain
    }
}

extension StoredRun.State {
    fileprivate var name: String {
        switch self {
        case .done: "done"
        case .failed: "failed"
        case .unfinished: "unfinished"
        }
    }

    fileprivate var message: String? {
        switch self {
        case .done: nil
        case .failed(let message, _): message
        case .unfinished(let replicates): "\(Numerals.count(replicates, "sample")) so far"
        }
    }
}
