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

    /// One for each hypothesis with its policies, where exactly two parameters vary within it.
    static func maps(of groups: [RunGroup], _ names: GroupNames) -> [HeatMap] {
        var order: [RunStatement] = []
        var alike: [RunStatement: [RunGroup]] = [:]
        for group in groups {
            var statement = group.statement
            // The text follows from the hypothesis and its parameters.
            (statement.parameters, statement.text) = ([:], group.contents ?? "")
            if alike[statement] == nil { order.append(statement) }
            alike[statement, default: []].append(group)
        }
        return order.compactMap { HeatMap(alike[$0] ?? [], names) }
    }

    private init?(_ groups: [RunGroup], _ names: GroupNames) {
        let values = names.parameters.map { name in
            (name, Set(groups.compactMap { $0.statement.parameters[name] }))
        }
        let varying = values.filter { $0.1.count > 1 }
        guard varying.count == 2, let first = groups.first else { return nil }
        let (columns, rows) = (varying[0], varying[1])
        (rowName, columnName) = (rows.0, columns.0)
        let across = Self.sorted(columns.1)
        columnValues = across
        let fixed = names.policies(first).filter { said in
            !said.hasPrefix("\(rows.0) ") && !said.hasPrefix("\(columns.0) ")
        }
        heatTitle = ([names.hypothesis(first.statement)] + fixed).joined(separator: ", ")
        let cells = Dictionary(groups.map { ($0.statement.parameters, $0) }) { first, _ in first }
        heatRows = Self.sorted(rows.1).map { row in
            HeatRow(
                rowValue: row,
                heatCells: across.map { column in
                    var parameters = first.statement.parameters
                    (parameters[rows.0], parameters[columns.0]) = (row, column)
                    return cells[parameters].map { HeatCell($0) } ?? HeatCell(share: "–")
                })
        }
    }

    /// Numbers by size, the rest by the alphabet.
    private static func sorted(_ values: Set<String>) -> [String] {
        values.sorted { one, other in
            switch (Double(one), Double(other)) {
            case (let a?, let b?): (a, one) < (b, other)
            case (nil, nil): one < other
            case (let a, _): a != nil
            }
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
            self.init(share: group.done.isEmpty ? "failed" : "–")
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
