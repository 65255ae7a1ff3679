internal import Foundation
internal import ScrubCore
internal import ScrubExperiment
internal import ScrubPlan
internal import ScrubStatistics

extension RunStore {
    /// Runs as comma-separated values, a row a run: what was asked, with a column `param_NAME` for each parameter, what became of
    /// it, and the figures of the first behaviour. What is undefined is empty. docs/store.md describes the columns.
    ///
    /// - Parameters:
    ///   - filter: which runs.
    ///   - write: is given the text in pieces.
    /// - Throws: `StoreError.changed` where a run is not what was written; what `write` throws.
    public func csv(_ filter: RunFilter = .all, to write: (String) throws -> Void) throws {
        let names = Set(try runs(filter).flatMap(\.parameters.keys)).sorted()
        try write(CommaSeparated.line(RunRecordCells.header(names)))
        let path = path
        try eachFound(filter) { found in
            let lines = try found.concurrentMap { found in
                CommaSeparated.line(RunRecordCells.cells(try found.run(path), names))
            }
            try write(lines.joined())
        }
    }

    /// Every number of runs as comma-separated values, a row a number.
    ///
    /// - Parameters:
    ///   - filter: which runs; those that are not done have no numbers.
    ///   - write: is given the text in pieces.
    /// - Throws: `StoreError.changed` where a run is not what was written; what `write` throws.
    public func figuresCSV(_ filter: RunFilter = .all, to write: (String) throws -> Void) throws {
        try write("key,hypothesis,seed,metric,of,figure,value,standard_error,low,high,method,trusted\n")
        let path = path
        try eachFound(filter) { found in
            let lines = try found.concurrentMap { found in
                let run = try found.run(path)
                return (run.report?.rows ?? []).map { CommaSeparated.line(Self.cells($0, run)) }.joined()
            }
            try write(lines.joined())
        }
    }

    private static func cells(_ row: FigureRow, _ run: StoredRun) -> [String] {
        let (number, estimate) = (CommaSeparated.number, row.estimate)
        let asked = [run.key, run.statement.hypothesis, "\(run.statement.seed)"]
        let name = [row.metric, row.of, row.figure, number(estimate.mean)]
        guard row.isEstimate else { return asked + name + ["", "", "", "", ""] }
        return asked + name + [
            number(estimate.standardError), number(estimate.interval[0]), number(estimate.interval[1]),
            estimate.method.rawValue, "\(estimate.isTrusted)",
        ]
    }
}

/// A run as a row.
private enum RunRecordCells {
    static func header(_ parameters: [String]) -> [String] {
        ["key", "hypothesis"] + parameters.map { "param_\($0)" } + [
            "model", "data", "others", "ablation", "seed", "samples", "exact", "until_width", "by", "precision",
            "storage",
            "distance", "state", "error",
            "replicates", "metric", "model_mean", "model_se", "scrubbed", "scrubbed_se", "scrubbed_low",
            "scrubbed_high",
            "baseline", "baseline_se", "recovered", "recovered_se", "recovered_low", "recovered_high", "method",
            "trusted",
            "backend", "device", "driver", "version", "seconds", "finished", "command", "warnings", "text",
        ]
    }

    static func cells(_ run: StoredRun, _ parameters: [String]) -> [String] {
        let (asked, number) = (run.statement, CommaSeparated.number)
        return [run.key, asked.hypothesis] + parameters.map { asked.parameters[$0] ?? "" }
            + [
                asked.model ?? "", asked.data ?? "", asked.others ?? "", asked.ablation, "\(asked.seed)",
                "\(asked.samples)",
            ]
            + ["\(asked.isExact)", number(asked.width), asked.groupings.joined(separator: "; ")]
            + [asked.precision ?? "exact", asked.storage ?? "f32", "\(asked.distance ?? true)"]
            + outcome(run) + figures(run.report?.figures.first) + machine(run.report)
            + [number(run.seconds), run.finished?.formatted(.iso8601) ?? "", run.command]
            + [run.report?.warnings.joined(separator: "; ") ?? "", String(checksum([asked.text]).prefix(8))]
    }

    /// State, error, and how many replicates the figures are of or are kept.
    private static func outcome(_ run: StoredRun) -> [String] {
        switch run.state {
        case .done: ["done", "", (run.report?.samples).map { "\($0)" } ?? ""]
        case .failed(let message, _): ["failed", message, ""]
        case .unfinished(let replicates): ["unfinished", "", "\(replicates)"]
        }
    }

    private static func figures(_ figure: Report.Figure?) -> [String] {
        let number = CommaSeparated.number
        guard let figure else { return Array(repeating: "", count: 15) }
        let (scrubbed, recovered) = (figure.scrubbed, figure.recovered)
        let shown = recovered ?? scrubbed
        return [figure.metric, number(figure.model.mean), number(figure.model.standardError)]
            + [number(scrubbed.mean), number(scrubbed.standardError), number(scrubbed.interval[0])]
            + [number(scrubbed.interval[1]), number(figure.baseline.mean), number(figure.baseline.standardError)]
            + [number(recovered?.mean), number(recovered?.standardError), number(recovered?.interval[0])]
            + [number(recovered?.interval[1]), shown.method.rawValue, "\(shown.isTrusted)"]
    }

    private static func machine(_ report: Report?) -> [String] {
        guard let report else { return ["", "", "", ""] }
        return [report.backend.name, report.backend.device, report.backend.driver, report.provenance.version]
    }
}
