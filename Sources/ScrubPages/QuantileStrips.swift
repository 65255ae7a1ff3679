internal import ScrubExperiment

/// The quantiles of a behaviour in the model and scrubbed, one below the other: a line from 5% to 95%, a box from 25% to
/// 75%, a stroke at the median. All drawings of one behaviour on a page share an axis, so that they can be compared.
struct QuantileStrips {
    let metric: String
    let axis: Axis
    /// What the drawn axis is called on the page.
    let id: String

    private static let extent = 84.0...724.0
    private static let (model, scrubbed) = (20.0, 48.0)

    /// By behaviour, for the quantiles of all these reports.
    static func all(_ reports: [Report]) -> [String: QuantileStrips] {
        var values: [String: [Double]] = [:]
        for figure in reports.flatMap(\.figures) {
            // What is right or wrong has no quantiles worth drawing.
            guard figure.metric != "accuracy", let distribution = figure.distribution else { continue }
            values[figure.metric, default: []] += distribution.model + distribution.scrubbed
        }
        var strips: [String: QuantileStrips] = [:]
        for (number, metric) in values.keys.sorted().enumerated() {
            guard let axis = Axis(values[metric] ?? [], extent: extent) else { continue }
            strips[metric] = QuantileStrips(metric: metric, axis: axis, id: "axis-\(number)")
        }
        return strips
    }

    /// The axis and what stands beside it, once for the page.
    var frame: String {
        let ticks = axis.ticks(axis.isLogarithmic ? 7 : 5)
        let rules = element(
            "path", ["class": "rule", "d": ticks.map { "M\(axis.place($0).coordinate) 4V62" }.joined()])
        let labels = ticks.map { tick in
            element("text", ["class": "tick mid", "x": axis.place(tick).coordinate, "y": "78"], label(tick))
        }.joined()
        let names = [("model", Self.model), ("scrubbed", Self.scrubbed)].map { name, y in
            element("text", ["class": "tick", "x": "0", "y": (y + 4).coordinate], name)
        }.joined()
        return element("g", ["id": id], rules + labels + names)
    }

    func svg(_ distribution: Report.Distributions) -> String {
        element(
            "svg",
            [
                "class": "strip", "viewBox": "0 0 736 84", "role": "img",
                "aria-label": "Quantiles of \(metric)\(axis.isLogarithmic ? ", on a logarithmic axis" : "")",
            ],
            element("use", ["href": "#\(id)"]) + strip("m", distribution.model, Self.model)
                + strip("s", distribution.scrubbed, Self.scrubbed))
    }

    private func strip(_ style: String, _ values: [Double], _ y: Double) -> String {
        guard values.count == 5, values.allSatisfy(\.isFinite) else { return "" }
        let x = values.map { axis.place($0).coordinate }
        let (top, middle, bottom) = ((y - 8).coordinate, y.coordinate, (y + 8).coordinate)
        return element(
            "path",
            [
                "class": style,
                "d": "M\(x[0]) \(middle)H\(x[4])M\(x[2]) \(top)V\(bottom)M\(x[1]) \(top)H\(x[3])V\(bottom)H\(x[1])z",
            ])
    }

    private func label(_ tick: Double) -> String {
        if tick == 0 { return "0" }
        guard axis.isLogarithmic, tick < 0.001 || tick > 1000 else {
            let text = "\(tick)".replacing("-", with: "−")
            return text.hasSuffix(".0") ? String(text.dropLast(2)) : text.count > 8 ? Numerals.number(tick) : text
        }
        return Numerals.number(tick).replacing(/\.0+e/, with: "e").replacing(/e(−?)\+?0*/) { "e\($0.1)" }
    }
}
