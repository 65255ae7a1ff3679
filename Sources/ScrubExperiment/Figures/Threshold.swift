internal import Foundation
internal import ScrubStatistics

/// A stated requirement on a figure: `recovered >= 0.85` is met when the worse end of the 95% interval meets it,
/// `recovered.mean >= 0.85` when the figure itself does.
public struct Threshold: Hashable, Sendable {
    /// As stated, with spaces between its words.
    public let text: String
    private let figure: String
    private let isOfMean: Bool
    private let isLower: Bool
    private let bound: Double

    /// What messages say of the form.
    public static let form = "recovered, scrubbed, model or baseline, then >= or <=, then a number"

    /// Nil for a text of another form.
    ///
    /// - Parameter text: the requirement; spaces around the sign may be left out.
    public init?(_ text: String) {
        let spaced = [">=", "<="].reduce(text) {
            $0.split(separator: $1, omittingEmptySubsequences: false).joined(separator: " \($1) ")
        }
        let words = spaced.split(separator: " ").map(String.init)
        let name = (words.first ?? "").split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 3, ["recovered", "scrubbed", "model", "baseline"].contains(name[0]),
            name.count == 1 || name == [name[0], "mean"],
            [">=", "<="].contains(words[1]),
            let bound = Double(words[2]), bound.isFinite
        else { return nil }
        self.text = words.joined(separator: " ")
        (figure, isOfMean, isLower, self.bound) = (name[0], name.count == 2, words[1] == ">=", bound)
    }

    /// Whether the report's first behaviour meets it.
    ///
    /// - Parameter report: the figures.
    public func isMet(by report: Report) -> Bool {
        if report.figures.isEmpty { return true }
        return value(in: report).map { isLower ? $0 >= bound : $0 <= bound } ?? false
    }

    /// What is held against the bound: the figure of the first behaviour, or the end of its interval that is worse. Nil where
    /// it is undefined.
    ///
    /// - Parameter report: the figures.
    public func value(in report: Report) -> Double? {
        guard let entry = report.figures.first else { return nil }
        let estimates = [
            "recovered": entry.recovered, "scrubbed": entry.scrubbed, "model": entry.model, "baseline": entry.baseline,
        ]
        guard let estimate = estimates[figure] ?? nil else { return nil }
        if isOfMean { return estimate.mean }
        return isLower ? estimate.interval.first : estimate.interval.last
    }

    /// Why a report does not meet it: `recovered >= 0.85 is not met: the lower end of its interval is 0.812345`.
    ///
    /// - Parameter report: the figures.
    /// - Returns: nil where it is met.
    public func miss(in report: Report) -> String? {
        if isMet(by: report) { return nil }
        guard let value = value(in: report) else { return "\(text) is not met: \(figure) is undefined" }
        let what = isOfMean ? "it" : "the \(isLower ? "lower" : "upper") end of its interval"
        return "\(text) is not met: \(what) is \(String(format: "%.6g", value))"
    }
}
