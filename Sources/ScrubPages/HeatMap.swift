internal import ScrubExperiment
internal import ScrubStore

/// What was recovered, by two parameters: for runs that are alike in all else.
struct HeatMap {
    struct HeatCell {
        var colours: String?
        var detail: String?
        var share: String
    }

    struct HeatRow {
        var rowValue: String
        var heatCells: [HeatCell]
    }

    var heatTitle: String
    var rowName: String
    var columnName: String
    var columnValues: [String]
    var heatRows: [HeatRow]

    /// - Parameters:
    ///   - groups: with one value of each parameter besides the axes'.
    ///   - rows: a parameter, and its values from top to bottom.
    ///   - columns: another, from left to right.
    init(_ groups: [RunGroup], rows: HeatAxis, columns: HeatAxis, _ names: GroupNames) {
        (rowName, columnName, columnValues) = (rows.name, columns.name, columns.values)
        heatTitle = groups.first.map { names.name($0, without: [rows.name, columns.name]) } ?? ""
        let cells = Dictionary(
            groups.map { ([$0.statement.parameters[rows.name], $0.statement.parameters[columns.name]], $0) }
        ) { first, _ in first }
        heatRows = rows.values.map { row in
            HeatRow(
                rowValue: row,
                heatCells: columns.values.map { cells[[row, $0]].map { HeatCell($0) } ?? HeatCell(share: "–") })
        }
    }

    /// The scale as a drawing.
    static var legend: String {
        let steps = 40
        let swatches = (0..<steps).map { step in
            element(
                "rect",
                [
                    "x": "\(10 + step * 7)", "y": "2", "width": "7.5", "height": "14",
                    "fill": ColourScale.hex(ColourScale.colour(Double(step) / Double(steps - 1))),
                ])
        }.joined()
        let labels = [(0, 10, "start"), (50, 150, "middle"), (100, 290, "end")].map { share, x, anchor in
            element("text", ["class": "tick", "x": "\(x)", "y": "32", "text-anchor": anchor], "\(share)%")
        }.joined()
        return element(
            "svg", ["viewBox": "0 0 300 38", "role": "img", "aria-label": "Colours from 0% to 100% recovered"],
            swatches + labels)
    }
}

extension HeatMap.HeatCell {
    fileprivate init(_ group: RunGroup) {
        guard let spread = group.recovered else {
            let isOpen = group.runs.contains { $0.failure == nil }
            self.init(share: group.done.isEmpty ? isOpen ? "not finished" : "failed" : "–")
            return
        }
        var detail =
            "\(Numerals.percent(spread.least)) to \(Numerals.percent(spread.greatest)) over \(spread.count) seeds"
        if spread.count == 1 {
            detail =
                group.done.first?.report.figures.first?.recovered.flatMap {
                    Numerals.interval($0, Numerals.percent)
                } ?? "exact"
        }
        self.init(colours: ColourScale.style(spread.mean), detail: detail, share: Numerals.percent(spread.mean))
    }
}
