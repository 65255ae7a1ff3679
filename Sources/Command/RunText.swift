import Scrubjay

/// A report for a person.
struct RunText {
    let report: Report
    let seconds: Double

    init(_ report: Report, seconds: Double) {
        self.report = report
        self.seconds = seconds
    }

    var text: String {
        var lines = "\(report.title)\n"
        let isExact = report.provenance.flags["exact"] != nil
        let draws =
            report.seed.map { "samples, seed \($0)" } ?? (isExact ? "combinations of draws, all" : "samples, replayed")
        lines += "\(report.samples.grouped) \(draws), on \(report.backend.name): \(report.backend.device)"
        lines += report.backendNote.map { " (\($0))\n\n" } ?? "\n\n"
        for figure in report.figures {
            lines += table(
                [[figure.metric, "mean", "std. error", "95% interval"]]
                    + [
                        row("model", figure.model), row("scrubbed", figure.scrubbed, isSampled: !isExact),
                        row("baseline", figure.baseline),
                    ]
                    + [
                        figure.recovered.map { row("recovered", $0, isSampled: !isExact, percent) } ?? [
                            "recovered", "undefined",
                        ]
                    ])
        }
        lines += "\n\(report.plan.text), \(number(seconds)) s\n"
        for rewrite in report.rewrites { lines += "\(rewrite.text)\n" }
        for warning in report.warnings { lines += "warning: \(warning)\n" }
        return lines
    }

    /// A standard error of 0 is an exact figure's, or that of samples which are all alike.
    private func row(
        _ name: String, _ estimate: Estimate, isSampled: Bool = false, _ format: (Double) -> String = number
    ) -> [String] {
        if estimate.standardError == 0 && !isSampled { return [name, format(estimate.mean), "exact", ""] }
        let interval = estimate.interval.map(format).joined(separator: " to ")
        return [name, format(estimate.mean), format(estimate.standardError), interval]
    }

    /// One line a hypothesis.
    static func summary(_ reports: [Report]) -> String {
        let rows = reports.flatMap { report in
            let isExact = report.provenance.flags["exact"] != nil
            return report.figures.map { figure in
                [
                    report.title, figure.model.text,
                    isExact ? figure.scrubbed.text : figure.scrubbed.sampledText,
                    figure.baseline.text,
                    figure.recovered.map { estimate in
                        let mean = percent(estimate.mean)
                        return isExact ? "\(mean) exact" : "\(mean) ± \(percent(estimate.standardError))"
                    } ?? "undefined",
                ]
            }
        }
        return table([["hypothesis", "model", "scrubbed", "baseline", "recovered"]] + rows)
    }
}

extension Report.PlanFigures {
    /// `156 forward passes' work in place of 4,107, at most 3 MiB`.
    var text: String {
        "\(Int(forwardEquivalents.rounded()).grouped) forward passes' work in place of "
            + "\(Int(naiveForwardEquivalents.rounded()).grouped), at most \(bytes(peakBytes))"
    }
}

extension Report {
    /// The hypothesis, and how its unclaimed inputs were treated where that was asked for.
    fileprivate var title: String {
        let ablation = provenance.flags["ablation"].map { "ablation \($0)" }
        let how = [others.map { "others \($0)" }, ablation].compactMap(\.self)
        return how.isEmpty ? hypothesis : "\(hypothesis) (\(how.joined(separator: ", ")))"
    }
}
