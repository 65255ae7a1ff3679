import Foundation
import Scrubjay

/// A list of runs for a person.
struct RunsText {
    private let runs: [RunLine]

    init(_ runs: [RunLine]) { self.runs = runs }

    var text: String {
        let rows = zip(runs, RunLine.marks(of: runs)).map { run, mark in
            let figures = run.figures
            return [
                run.title + (mark.map { " key \($0)" } ?? ""), "\(run.seed)", run.samples.grouped,
                figures.map { number($0.model) } ?? "",
                figures.map { number($0.scrubbed) } ?? "", figures.map { number($0.baseline) } ?? "",
                figures.map(Self.recovered) ?? "", Self.state(run),
            ]
        }
        let header = ["hypothesis", "seed", "samples", "model", "scrubbed", "baseline", "recovered", "state"]
        return (runs.isEmpty ? "" : table([header] + rows, toTheLeft: [0, 7]) + "\n") + counts
    }

    /// `50.2% (48.6% to 51.7%)`.
    private static func recovered(_ figures: LineFigures) -> String {
        guard let recovered = figures.recovered else { return "undefined" }
        let doubt = figures.isTrusted ? "" : " (?)"
        guard let low = figures.low, let high = figures.high, low != high else { return percent(recovered) + doubt }
        return "\(percent(recovered)) (\(percent(low)) to \(percent(high)))\(doubt)"
    }

    private static func state(_ run: RunLine) -> String {
        switch run.state {
        case .done: "done"
        case .failed(let message, _):
            "failed: \(message.split(whereSeparator: \.isNewline).joined(separator: " "))"
        case .unfinished(0): "unfinished"
        case .unfinished(let replicates): "unfinished, \(replicates.grouped) samples kept"
        }
    }

    /// `3 runs: 1 done, 1 failed, 1 unfinished`.
    private var counts: String {
        var (done, failed) = (0, 0)
        for run in runs {
            switch run.state {
            case .done: done += 1
            case .failed: failed += 1
            case .unfinished: break
            }
        }
        let unfinished = runs.count - done - failed
        return
            "\(runs.count.counted("run")): \(done.grouped) done, \(failed.grouped) failed, "
            + "\(unfinished.grouped) unfinished"
    }
}
