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
        let draws =
            report.seed.map { "samples, seed \($0)" }
            ?? (report.isExact ? "combinations of draws, all" : "samples, replayed")
        lines += "\(report.samples.grouped) \(draws), on \(report.backend.name): \(report.backend.device)"
        lines += report.backendNote.map { " (\($0))\n" } ?? "\n"
        for figure in report.figures { lines += "\n" + FigureText(figure, isExact: report.isExact).text }
        lines += report.precision.map { "\n" + text($0) } ?? ""
        if let outputs { lines += "\n" + outputs }
        lines += "\n" + ClaimText(report).text
        lines += "\n\(report.plan.text), \(number(seconds)) s\n"
        for rewrite in report.rewrites { lines += "\(rewrite.text)\n" }
        for warning in report.warnings { lines += "warning: \(warning)\n" }
        return lines
    }

    private var outputs: String? {
        let l2 = report.outputs.l2.map { "L2 \($0.text)" }
        let kl = report.outputs.kl.map { "KL \($0.text) nats" }
        let said = [l2, kl].compactMap(\.self)
        return said.isEmpty ? nil : "outputs apart: \(said.joined(separator: ", "))\n"
    }

    private func text(_ error: PrecisionError) -> String {
        let rows = error.figures.map { figure in
            [
                figure.metric, number(figure.model), number(figure.scrubbed), number(figure.baseline),
                figure.recovered.map { "\(number($0 * 100))%" } ?? "undefined",
            ]
        }
        let samples = report.isExact ? "combinations" : "samples"
        let all = error.samples == report.samples ? "all" : "the first"
        return "\(error.precision) apart from exact, of \(all) \(error.samples.grouped) \(samples):\n"
            + table([["difference", "model", "scrubbed", "baseline", "recovered"]] + rows)
    }

    /// One line a hypothesis, and below them the differences from the first.
    static func summary(_ reports: [Report]) -> String {
        let rows = reports.map { report in
            let figure = report.figures[0]
            return [
                report.title, figure.model.text, figure.scrubbed.text, figure.baseline.text,
                figure.recovered?.shareText ?? "undefined",
            ]
        }
        return table([["hypothesis", "model", "scrubbed", "baseline", "recovered"]] + rows) + differences(reports)
    }

    private static func differences(_ reports: [Report]) -> String {
        let rows: [[String]] = reports.compactMap { report in
            guard let against = report.against, let figure = against.figures.first else { return nil }
            return [
                report.title, figure.scrubbed.text,
                figure.recovered?.shareText ?? "undefined",
            ]
        }
        guard let first = reports.first else { return "" }
        if rows.count < reports.count - 1 {
            return
                "\nnot every hypothesis can be paired with the first: the model, the data or the behaviour is another\n"
                + (rows.isEmpty
                    ? "" : "\n" + table([["less \(first.title), on common draws", "scrubbed", "recovered"]] + rows))
        }
        return "\n" + table([["less \(first.title), on common draws", "scrubbed", "recovered"]] + rows)
    }
}

extension Report.PlanFigures {
    /// `156 forward passes' work in place of 4,107, at most 3 MiB`.
    var text: String {
        "\(Int(forwardEquivalents.rounded()).grouped) forward passes' work in place of "
            + "\(Int(naiveForwardEquivalents.rounded()).grouped), at most \(bytes(peakBytes))"
            + (hypotheses > 1 ? ", for \(hypotheses) hypotheses by one plan" : "")
    }
}
