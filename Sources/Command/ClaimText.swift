import Scrubjay

/// What the claims of a report say, and what each contributes, for a person.
struct ClaimText {
    let report: Report

    /// The most draws that are listed; `--json` and `--csv` have all.
    private static let most = 24

    init(_ report: Report) { self.report = report }

    var text: String {
        guard let claims = report.claims else { return attribution }
        let rows = claims.rows
        let left = rows.count - 1 - Self.most
        let rest = left > 0 ? "and \(left) more\n" : ""
        return table(Array(rows.prefix(Self.most + 1))) + rest + claims.sentence + "\n" + attribution
    }

    private var attribution: String {
        guard let attribution = report.attribution, let metric = report.figures.first?.metric else { return "" }
        func cells(_ change: ClaimAttribution.Change?) -> [String] {
            guard let change else { return ["as it is", ""] }
            return [
                change.scrubbed.text, change.difference.text,
            ]
        }
        let head = ["\(metric) of the scrubbed", "made exact", "change", "unconditional", "change"]
        return "\n" + table([head] + attribution.map { [$0.claim] + cells($0.exact) + cells($0.unconditional) })
    }
}
