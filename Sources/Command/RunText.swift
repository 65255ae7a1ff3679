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
        var lines = "\(report.hypothesis)\n"
        let draws = report.seed.map { "seed \($0)" } ?? "replayed"
        lines += "\(report.samples.grouped) samples, \(draws), on \(report.backend.name): \(report.backend.device)"
        lines += report.backendNote.map { " (\($0))\n\n" } ?? "\n\n"
        for figure in report.figures {
            lines += table(
                [[figure.metric, "mean", "std. error", "95% interval"]]
                    + [
                        row("model", figure.model), row("scrubbed", figure.scrubbed, isSampled: true),
                        row("baseline", figure.baseline),
                    ]
                    + [
                        figure.recovered.map { row("recovered", $0, isSampled: true, percent) } ?? [
                            "recovered", "undefined",
                        ]
                    ])
        }
        let plan = report.plan
        lines += "\n\(Int(plan.forwardEquivalents.rounded()).grouped) forward passes' work in place of "
        lines += "\(Int(plan.naiveForwardEquivalents.rounded()).grouped), at most \(bytes(plan.peakBytes)), "
        lines += "\(number(seconds)) s\n"
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
            report.figures.map { figure in
                [
                    report.hypothesis, figure.model.text, figure.scrubbed.sampledText, figure.baseline.text,
                    figure.recovered.map { "\(percent($0.mean)) ± \(percent($0.standardError))" } ?? "undefined",
                ]
            }
        }
        return table([["hypothesis", "model", "scrubbed", "baseline", "recovered"]] + rows)
    }
}
