internal import ScrubExperiment

/// The quantiles of a behaviour in the model and scrubbed, one below the other on one axis: a line from 5% to 95%, a box
/// from 25% to 75%, a stroke at the median.
struct QuantileStrips {
    let distribution: Report.Distributions
    let metric: String
    /// Of all runs, so that drawings of one behaviour can be laid side by side; drawn to.
    let axis: Axis

    static let extent = 84.0...724.0

    var svg: String {
        let ticks = axis.ticks(axis.isLogarithmic ? 7 : 5).map { tick in
            let x = axis.place(tick).coordinate
            return element("line", ["class": "rule", "x1": x, "x2": x, "y1": "4", "y2": "62"])
                + element("text", ["class": "tick", "x": x, "y": "78", "text-anchor": "middle"], Self.label(tick, axis))
        }.joined()
        return element(
            "svg", ["class": "strip", "viewBox": "0 0 736 84", "role": "img", "aria-label": description],
            ticks + strip("model", "m", distribution.model, 20) + strip("scrubbed", "s", distribution.scrubbed, 48))
    }

    var note: String {
        "Quantiles of \(metric): the line spans 5% to 95% of the data, the box 25% to 75%, the stroke is the median"
            + (axis.isLogarithmic ? "; the axis is logarithmic." : ".")
    }

    private var description: String {
        func said(_ name: String, _ values: [Double]) -> String {
            "\(name) " + values.map(Numerals.number).joined(separator: ", ")
        }
        let levels = distribution.levels.map { "\(Int(($0 * 100).rounded()))%" }.joined(separator: ", ")
        return "Quantiles of \(metric) at \(levels): \(said("model", distribution.model)); "
            + said("scrubbed", distribution.scrubbed)
    }

    private func strip(_ name: String, _ style: String, _ values: [Double], _ y: Double) -> String {
        let label = element("text", ["class": "tick", "x": "0", "y": (y + 4).coordinate], name)
        guard values.count == 5, values.allSatisfy(\.isFinite) else { return label }
        let x = values.map(axis.place)
        func line(_ from: Double, _ to: Double, _ top: Double, _ bottom: Double) -> String {
            element(
                "line",
                [
                    "class": style, "x1": from.coordinate, "x2": to.coordinate, "y1": top.coordinate,
                    "y2": bottom.coordinate,
                ])
        }
        let box = element(
            "rect",
            [
                "class": style, "x": x[1].coordinate, "y": (y - 8).coordinate,
                "width": max(1, x[3] - x[1]).coordinate, "height": "16", "rx": "2",
            ])
        return label + line(x[0], x[4], y, y) + box + line(x[2], x[2], y - 8, y + 8)
    }

    private static func label(_ tick: Double, _ axis: Axis) -> String {
        if tick == 0 { return "0" }
        guard axis.isLogarithmic, tick < 0.001 || tick > 1000 else {
            let text = "\(tick)".replacing("-", with: "−")
            return text.hasSuffix(".0") ? String(text.dropLast(2)) : text.count > 8 ? Numerals.number(tick) : text
        }
        return Numerals.number(tick).replacing(/\.0+e/, with: "e").replacing(/e(−?)\+?0*/) { "e\($0.1)" }
    }
}
