internal import ScrubCore
internal import ScrubExperiment
internal import ScrubStatistics
internal import ScrubStore

/// The runs as a table: a body for each group, in it a row for each run, below one for them together where there are
/// several.
struct RunTable {
    struct Column {
        var key: String
        var columnName: String
        var isNumber: Bool
    }

    /// One cell; there are too many for a template to be asked of each.
    fileprivate struct Cell {
        var tag = "td"
        /// Markup.
        var attributes: String?
        var text = ""
        var small: String?
        var anchor: String?

        var markup: String {
            let said = anchor.map { element("a", ["href": "#\($0)"], text.escaped) } ?? text.escaped
            let more = small.map { "<small>\($0.escaped)</small>" } ?? ""
            return "<\(tag)\(attributes.map { " \($0)" } ?? "")>\(said)\(more)</\(tag)>"
        }
    }

    struct Row {
        var rowClass: String?
        /// Markup.
        var cells: String

        fileprivate init(rowClass: String? = nil, _ cells: [Cell]) {
            self.rowClass = rowClass
            self.cells = cells.map(\.markup).joined()
        }
    }

    struct Body {
        var rows: [Row]
    }

    var columns: [Column]
    var bodies: [Body]

    /// - Parameter hasDetails: whether the page has more of each group, to which rows then lead.
    init(_ groups: [RunGroup], _ names: GroupNames, hasDetails: Bool) {
        let texts = ["hypothesis"] + names.parameters + names.traits.map(\.name) + ["seed"]
        // What is looked for first stands first.
        let numbers = ["recovered", "scrubbed", "model", "baseline", "warnings"]
        columns =
            texts.map { Column(key: $0, columnName: $0, isNumber: false) }
            + numbers.map { Column(key: $0, columnName: $0, isNumber: true) }
        bodies = groups.map { group in
            let head = Self.head(group, names, anchor: hasDetails ? group.anchor : nil)
            if let run = group.runs.first, group.runs.count == 1 {
                return Body(rows: [Row(head + [Cell(text: Self.seed(run))] + Self.outcome(run, of: group))])
            }
            let blank = [Cell(attributes: "colspan=\"\(head.count)\"")]
            return Body(
                rows: [Row(head + Self.together(group))]
                    + group.runs.map { run in
                        Row(rowClass: "seed", blank + [Cell(text: Self.seed(run))] + Self.outcome(run, of: group))
                    })
        }
    }

    private static func head(_ group: RunGroup, _ names: GroupNames, anchor: String?) -> [Cell] {
        let statement = group.statement
        return [
            Cell(tag: "th", attributes: "scope=row", text: names.hypothesis(statement), anchor: anchor)
        ]
            + names.parameters.map { Cell(text: statement.parameters[$0] ?? "–") }
            + names.traits.map { Cell(text: $0.value(group) ?? "–") }
    }

    private static func seed(_ run: StoredRun) -> String { run.statement.isExact ? "–" : "\(run.statement.seed)" }

    /// The figures of one run, or why it has none.
    private static func outcome(_ run: StoredRun, of group: RunGroup) -> [Cell] {
        guard run.lack == nil, let report = run.report, let figure = report.figures.first else {
            return [said(run.lack ?? "")]
        }
        return [
            figure.recovered.map { number($0, Numerals.percent) } ?? Cell(attributes: "class=\"n\"", text: "–"),
            number(figure.scrubbed), number(figure.model), number(figure.baseline),
            warnings(report.warnings.count, of: group),
        ]
    }

    /// How many there are, with a link to where they are all told.
    private static func warnings(_ count: Int, of group: RunGroup) -> Cell {
        Cell(
            attributes: "class=\"n\" data-v=\"\(count)\"", text: "\(count)",
            anchor: count == 0 ? nil : group.warningAnchor)
    }

    private static func said(_ text: String) -> Cell { Cell(attributes: "class=\"said\" colspan=\"5\"", text: text) }

    private static func number(_ estimate: Estimate, _ format: (Double) -> String = Numerals.number) -> Cell {
        Cell(
            attributes: "class=\"n\" data-v=\"\(estimate.mean)\"", text: format(estimate.mean),
            small: Numerals.interval(estimate, format) ?? (estimate.method == .exact ? "exact" : "unknown error"))
    }

    /// The spread over seeds.
    private static func together(_ group: RunGroup) -> [Cell] {
        let (done, all) = (group.done, group.runs.count)
        let failed = group.runs.count { $0.failure != nil }
        let seeds = Cell(
            attributes: "class=\"seeds\" data-v=\"\(all)\"",
            text: done.count == all ? "\(all) seeds" : "\(done.count) of \(all) seeds",
            small: failed == 0 || done.isEmpty ? nil : "\(failed) failed")
        if done.isEmpty { return [seeds, said(group.reasons(\.lack).map(\.why).joined(separator: "; "))] }
        func cell(_ spread: Spread?, _ format: (Double) -> String = Numerals.number) -> Cell {
            guard let spread else { return Cell(attributes: "class=\"n\"", text: "–") }
            let ends = [spread.least, spread.greatest].map(format)
            let range = ends[0] == ends[1] ? "in all" : ends.joined(separator: " to ")
            return Cell(
                attributes: "class=\"n\" data-v=\"\(spread.mean)\"", text: format(spread.mean), small: range)
        }
        return [
            seeds, cell(group.recovered, Numerals.percent), cell(group.spread { $0.scrubbed.mean }),
            cell(group.spread { $0.model.mean }), cell(group.spread { $0.baseline.mean }),
            warnings(done.reduce(0) { $0 + $1.report.warnings.count }, of: group),
        ]
    }
}
