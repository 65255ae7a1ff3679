extension Int {
    /// With commas between thousands: `61,385`.
    package var grouped: String {
        let digits = Array(String(magnitude))
        let groups = stride(from: digits.count, to: 0, by: -3).map { String(digits[Swift.max(0, $0 - 3)..<$0]) }
        return (self < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
    }

    /// `1 run`, `2,000 runs`, `3 hypotheses`.
    ///
    /// - Parameters:
    ///   - noun: of one.
    ///   - plural: of several, where no rule gives it.
    package func counted(_ noun: String, _ plural: String? = nil) -> String {
        "\(grouped) \(self == 1 ? noun : plural ?? several(noun))"
    }

    /// `run`, `runs`, `hypotheses`, `passes`.
    package func several(_ noun: String) -> String {
        if self == 1 { return noun }
        return noun.hasSuffix("is") ? "\(noun.dropLast(2))es" : noun.hasSuffix("s") ? "\(noun)es" : "\(noun)s"
    }
}
