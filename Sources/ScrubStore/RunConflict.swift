internal import ScrubExperiment
internal import ScrubPlan
internal import ScrubStatistics

/// Two runs of one key whose figures differ: where, and by what devices.
struct RunConflict {
    let text: String

    /// Nil where they have the same, or one has none.
    init?(_ ours: StoredRun, _ theirs: StoredRun) {
        guard let mine = ours.report, let other = theirs.report else { return nil }
        let (rows, others) = (mine.rows, other.rows)
        let name = "\(ours.statement.hypothesis), seed \(ours.statement.seed)"
        if let place = zip(rows, others).enumerated().first(where: { !$1.0.says($1.1) })?.offset {
            let (row, otherRow) = (rows[place], others[place])
            let figure = [row.metric, row.of, row.figure].filter { !$0.isEmpty }.joined(separator: " ")
            let (value, otherValue) =
                row.estimate.mean == otherRow.estimate.mean
                ? (row.text, otherRow.text) : ("\(row.estimate.mean)", "\(otherRow.estimate.mean)")
            text =
                "\(name): \(figure) is \(value) here (\(mine.backend.device)) and \(otherValue) there "
                + "(\(other.backend.device))"
        } else if rows.count != others.count {
            text = "\(name): \(rows.count) figures here, \(others.count) there"
        } else {
            return nil
        }
    }
}

extension FigureRow {
    /// Whether it is the same figure with the same bits; what is undefined in both is the same.
    fileprivate func says(_ other: FigureRow) -> Bool {
        metric == other.metric && of == other.of && figure == other.figure && text == other.text
    }

    /// `0.5 ± 0.01, 0.48 to 0.52`, every digit.
    fileprivate var text: String {
        isEstimate
            ? "\(estimate.mean) ± \(estimate.standardError), \(estimate.interval.map { "\($0)" }.joined(separator: " to "))"
            : "\(estimate.mean)"
    }
}
