internal import ScrubStatistics

/// Reports as comma-separated values (RFC 4180), a line a number.
extension [Report] {
    /// The header, and every number of every report.
    public var csv: String {
        let header = "hypothesis,metric,of,figure,value,standard_error,low,high,method,trusted\n"
        return header + flatMap(\.rows).map { "\($0.csv)\n" }.joined()
    }
}

extension FigureRow {
    fileprivate var csv: String {
        var cells = [hypothesis, metric, of, figure, "\(estimate.mean)"]
        cells +=
            isEstimate
            ? [
                "\(estimate.standardError)", "\(estimate.interval[0])", "\(estimate.interval[1])",
                estimate.method.rawValue, "\(estimate.isTrusted)",
            ] : ["", "", "", "", ""]
        return cells.map(Self.quoted).joined(separator: ",")
    }

    private static func quoted(_ cell: String) -> String {
        guard cell.contains(where: { ",\"\n\r".contains($0) }) else { return cell }
        return "\"\(cell.replacing("\"", with: "\"\""))\""
    }
}
