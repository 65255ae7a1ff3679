internal import Foundation

extension RunStore {
    /// Runs as a Markdown table, a line a run. Columns in which every run is alike by default are left out.
    ///
    /// - Parameter filter: which runs.
    /// - Throws: `StoreError.changed` where a run is not what was written.
    public func markdown(_ filter: RunFilter = .all) throws -> String {
        let runs = try runs(filter)
        let names = Set(runs.flatMap(\.parameters.keys)).sorted()
        var columns = [Column("hypothesis", of: runs) { $0.hypothesis }]
        let marks = RunLine.marks(of: runs)
        if marks.contains(where: { $0 != nil }) { columns.append(Column("key", cells: marks.map { $0 ?? "" })) }
        columns += names.map { name in Column(name, of: runs) { $0.parameters[name] ?? "" } }
        columns += [
            Column("model folder", of: runs) { $0.model ?? "" }, Column("data", of: runs) { $0.data ?? "" },
            Column("others", of: runs) { $0.others ?? "" },
            Column("ablation", of: runs) { $0.ablation == "resample" ? "" : $0.ablation },
            Column("precision", of: runs) { $0.precision ?? "" }, Column("storage", of: runs) { $0.storage ?? "" },
        ].filter { $0.cells.contains { !$0.isEmpty } }
        columns += [
            Column("seed", isNumber: true, of: runs) { "\($0.seed)" },
            Column("samples", isNumber: true, of: runs) { "\($0.samples)" },
            Column("metric", of: runs) { $0.figures?.metric ?? "" },
            Column("model", isNumber: true, of: runs) { Self.number($0.figures?.model) },
            Column("scrubbed", isNumber: true, of: runs) { Self.number($0.figures?.scrubbed) },
            Column("baseline", isNumber: true, of: runs) { Self.number($0.figures?.baseline) },
            Column("recovered", isNumber: true, of: runs) { Self.outcome($0) },
        ]
        return Self.line(columns.map(\.name)) + Self.line(columns.map { $0.isNumber ? "---:" : "---" })
            + runs.indices.map { run in Self.line(columns.map { $0.cells[run] }) }.joined()
    }

    private struct Column {
        let name: String
        let isNumber: Bool
        let cells: [String]

        init(_ name: String, isNumber: Bool = false, cells: [String]) {
            self.name = name
            self.isNumber = isNumber
            self.cells = cells
        }

        init(_ name: String, isNumber: Bool = false, of runs: [RunLine], _ cell: (RunLine) -> String) {
            self.init(name, isNumber: isNumber, cells: runs.map(cell))
        }
    }

    private static func line(_ cells: [String]) -> String {
        let escaped = cells.map { cell in
            cell.replacing("\\", with: "\\\\").replacing("|", with: "\\|").split(whereSeparator: \.isNewline)
                .joined(separator: " ")
        }
        return "| \(escaped.joined(separator: " | ")) |\n"
    }

    /// The share recovered with its interval, `undefined`, or why there is none.
    private static func outcome(_ run: RunLine) -> String {
        switch run.state {
        case .unfinished: return "unfinished"
        case .failed(let message, _): return "failed: \(message)"
        case .done:
            guard let figures = run.figures, let recovered = figures.recovered else { return "undefined" }
            let interval =
                if let low = figures.low, let high = figures.high, low != high {
                    " (\(percent(low)) to \(percent(high)))"
                } else {
                    ""
                }
            return percent(recovered) + interval + (figures.isTrusted ? "" : " (?)")
        }
    }

    private static func percent(_ share: Double) -> String { String(format: "%.1f%%", share * 100) }

    /// Four significant digits.
    private static func number(_ value: Double?) -> String {
        guard let value, !value.isNaN else { return "" }
        return String(format: "%.4g", value)
    }
}
