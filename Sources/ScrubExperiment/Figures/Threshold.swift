internal import ScrubStatistics

/// A stated requirement on a figure: `recovered >= 0.85`. It is met when the worse end of the 95% interval meets it.
public struct Threshold: Hashable, Sendable {
    /// As stated, with spaces between its words.
    public let text: String
    private let figure: String
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
        guard words.count == 3, ["recovered", "scrubbed", "model", "baseline"].contains(words[0]),
            [">=", "<="].contains(words[1]),
            let bound = Double(words[2]), bound.isFinite
        else { return nil }
        self.text = words.joined(separator: " ")
        (figure, isLower, self.bound) = (words[0], words[1] == ">=", bound)
    }

    /// Whether the report's first behaviour meets it.
    ///
    /// - Parameter report: the figures.
    public func isMet(by report: Report) -> Bool {
        report.figures.prefix(1).allSatisfy { entry in
            let estimate = [
                "recovered": entry.recovered, "scrubbed": entry.scrubbed, "model": entry.model,
                "baseline": entry.baseline,
            ]
            guard let interval = estimate[figure]??.interval else { return false }
            return isLower ? interval[0] >= bound : interval[1] <= bound
        }
    }
}
