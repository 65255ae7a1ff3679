internal import ScrubCore
internal import ScrubExperiment
internal import ScrubStatistics
internal import ScrubStore

/// What each group recovered, a line a group: seeds and their intervals, and the mean of their means.
struct DotPlot {
    let groups: [RunGroup]
    let names: GroupNames

    /// Above so many groups lines are thin, in the order of what was recovered, and have no names.
    private static let mostNamed = 200
    private static let mostLetters = 42
    private static let (width, left, right) = (960.0, 290.0, 872.0)
    /// Shares outside of these are drawn at the edge.
    private static let widest = -1.0...2.0

    private struct Mark {
        let estimate: Estimate
        let seed: UInt64
    }

    private struct Line {
        let name: String
        let marks: [Mark]
        let spread: Spread
    }

    private var lines: [Line] {
        let lines = groups.compactMap { group -> Line? in
            guard let spread = group.recovered else { return nil }
            let marks = group.done.compactMap { run, report in
                report.figures[0].recovered.map { Mark(estimate: $0, seed: run.statement.seed) }
            }
            return Line(name: names.name(group), marks: marks, spread: spread)
        }
        return lines.count > Self.mostNamed ? lines.sorted { $0.spread.mean > $1.spread.mean } : lines
    }

    /// The drawing and what stands below it; nil where no run recovered anything that is defined.
    var drawing: (svg: String, note: String)? {
        let lines = lines
        guard !lines.isEmpty else { return nil }
        let isNamed = lines.count <= Self.mostNamed
        let ends = lines.flatMap { $0.marks.flatMap { $0.estimate.interval + [$0.estimate.mean] } }.filter(\.isFinite)
        let (least, greatest) = (ends.min() ?? 0, ends.max() ?? 1)
        let axis = Axis(
            max(Self.widest.lowerBound, min(0, least) - 0.02)...min(Self.widest.upperBound, max(1, greatest) + 0.02),
            extent: Self.left...Self.right)
        var y = 34.0
        var body = ""
        let short = isNamed ? ShortNames.of(lines.map(\.name), most: Self.mostLetters) : []
        for (number, line) in lines.enumerated() {
            let height = isNamed ? max(28, 12 + 5 * Double(min(line.marks.count, 12))) : 4
            let drawn = draw(
                line, axis, middle: y + height / 2, height: height, name: isNamed ? short[number] : nil)
            let isCut = isNamed && short[number] != line.name
            body += isCut ? element("g", ["role": "img"], element("title", [:], about(line).escaped) + drawn) : drawn
            y += height
        }
        let frame = grid(axis, bottom: y + 4)
        let label = "What each hypothesis recovered, with 95% intervals"
        let range = lines.map(\.spread.mean)
        let description =
            "\(lines.count.counted("line")), from \(Numerals.percent(range.min() ?? 0)) to "
            + "\(Numerals.percent(range.max() ?? 0)). The numbers are in the table of runs."
        let svg = element(
            "svg",
            [
                "class": "plot", "viewBox": "0 0 \(Self.width.coordinate) \((y + 10).coordinate)",
                "role": isNamed ? "group" : "img",
                "aria-labelledby": "dots-title dots-text",
            ],
            element("title", ["id": "dots-title"], label) + element("desc", ["id": "dots-text"], description) + frame
                + body)
        return (svg, note(lines, axis, isNamed: isNamed))
    }

    private func grid(_ axis: Axis, bottom: Double) -> String {
        axis.ticks(6).map { tick in
            let x = axis.place(tick).coordinate
            let isEnd = abs(tick) < 1e-9 || abs(tick - 1) < 1e-9
            return element(
                "line",
                ["class": isEnd ? "mark" : "rule", "x1": x, "x2": x, "y1": "26", "y2": bottom.coordinate])
                + element("text", ["class": "tick", "x": x, "y": "16", "text-anchor": "middle"], percent(tick))
        }.joined()
    }

    private func percent(_ share: Double) -> String {
        Numerals.percent(share).replacing(".0%", with: "%")
    }

    /// What is told of a line whose name is not all seen, where it is pointed at and to those who do not see it.
    private func about(_ line: Line) -> String {
        let share = "\(line.name): \(Numerals.percent(line.spread.mean))"
        if line.marks.count > 1 {
            return "\(share), from \(Numerals.percent(line.spread.least)) to "
                + "\(Numerals.percent(line.spread.greatest)) over \(line.marks.count) seeds"
        }
        return share + (Numerals.interval(line.marks[0].estimate, Numerals.percent).map { ", interval \($0)" } ?? "")
    }

    private func draw(_ line: Line, _ axis: Axis, middle: Double, height: Double, name: String?) -> String {
        let (several, isNamed) = (line.marks.count > 1, name != nil)
        var parts = ""
        if let name {
            parts += element("line", row("lane", Self.left, Self.right, middle))
            parts += element("text", ["x": "0", "y": (middle + 4.5).coordinate], name.escaped)
            parts += element(
                "text", ["x": Self.width.coordinate, "y": (middle + 4.5).coordinate, "text-anchor": "end"],
                Numerals.percent(line.spread.mean))
        }
        let step = several ? min(5, (height - 10) / Double(line.marks.count)) : 0
        for (number, mark) in line.marks.enumerated() {
            let y = middle + (Double(number) - Double(line.marks.count - 1) / 2) * step
            let estimate = mark.estimate
            let doubt = estimate.isTrusted ? "" : " doubt"
            if estimate.method != .exact, estimate.interval.count == 2, estimate.interval.allSatisfy(\.isFinite) {
                let (low, high) = (axis.place(estimate.interval[0]), axis.place(estimate.interval[1]))
                parts += element("line", row((several ? "seed" : "ci") + doubt, low, high, y))
            }
            if several {
                let title = "seed \(mark.seed): \(Numerals.percent(estimate.mean))"
                parts += circle("one", axis.place(estimate.mean), y, isNamed ? 2.6 : 1, title)
            }
        }
        if several, isNamed {
            parts += element(
                "line", row("spread", axis.place(line.spread.least), axis.place(line.spread.greatest), middle))
        }
        return parts
            + circle("all", axis.place(line.spread.mean), middle, isNamed ? 5 : 1.5, isNamed ? nil : about(line))
    }

    private func row(_ name: String, _ from: Double, _ to: Double, _ y: Double) -> KeyValuePairs<String, String> {
        ["class": name, "x1": from.coordinate, "x2": to.coordinate, "y1": y.coordinate, "y2": y.coordinate]
    }

    private func circle(_ name: String, _ x: Double, _ y: Double, _ radius: Double, _ title: String?) -> String {
        element(
            "circle", ["class": name, "cx": x.coordinate, "cy": y.coordinate, "r": radius.coordinate],
            title.map { element("title", [:], $0.escaped) } ?? "")
    }

    private func note(_ lines: [Line], _ axis: Axis, isNamed: Bool) -> String {
        let marks = lines.flatMap(\.marks)
        var said: [String] = []
        if lines.contains(where: { $0.marks.count > 1 }) {
            said.append(
                "Thin lines and light dots are seeds with their 95% intervals; the large dot is the mean of their means, and "
                    + "the thick line spans the least and the greatest.")
        }
        if lines.contains(where: { $0.marks.count == 1 }) {
            said.append("A line through a single dot is its 95% interval; a dot without one is exact.")
        }
        let doubted = marks.count { !$0.estimate.isTrusted }
        if doubted > 0 {
            said.append(
                "Dashed are intervals that cannot be trusted, \(doubted.grouped) of \(marks.count.grouped).")
        }
        let outside = marks.count { !axis.range.contains($0.estimate.mean) }
        if outside > 0 {
            said.append(
                "\(outside.counted("dot")) at an edge of the drawing \(outside == 1 ? "lies" : "lie") beyond it."
            )
        }
        if !isNamed {
            said.append("There are too many lines for names: they are in the order of what was recovered.")
        }
        return said.joined(separator: " ")
    }
}
