internal import Foundation
internal import ScrubCore
internal import ScrubStatistics

/// Numbers as a reader wants them. A minus is a minus, not a hyphen.
enum Numerals {
    /// Four significant digits: `0.2886`, `6.573e−04`.
    static func number(_ value: Double) -> String {
        if value == 0 { return "0" }
        guard value.isFinite else { return value.isNaN ? "undefined" : value < 0 ? "−∞" : "∞" }
        let size = abs(value)
        if size < 1e-3 || size >= 1e6 { return signed(String(format: "%.3e", value)) }
        return signed(String(format: "%.\(max(0, 3 - Int(floor(log10(size)))))f", value))
    }

    /// `81.0%`.
    static func percent(_ share: Double) -> String {
        share.isFinite ? signed(String(format: "%.1f%%", share == 0 ? 0 : share * 100)) : number(share)
    }

    /// `+6.6 points` of a percentage.
    static func points(_ share: Double) -> String {
        guard share.isFinite else { return number(share) }
        return (share > 0 ? "+" : "") + signed(String(format: "%.1f", share == 0 ? 0 : share * 100))
    }

    /// `0.6368 to 0.9006`, with a mark where it cannot be trusted; nil where there is none.
    static func interval(_ estimate: Estimate, _ format: (Double) -> String = number) -> String? {
        guard estimate.method != .exact, estimate.standardError.isFinite else { return nil }
        return estimate.interval.map(format).joined(separator: " to ") + (estimate.isTrusted ? "" : " (?)")
    }

    /// `0.2886 ± 0.0078`, `0.000657 exact`.
    static func estimate(_ estimate: Estimate, _ format: (Double) -> String = number) -> String {
        if estimate.method == .exact { return "\(format(estimate.mean)) exact" }
        guard estimate.standardError.isFinite else { return "\(format(estimate.mean)), of unknown error" }
        return "\(format(estimate.mean)) ± \(format(estimate.standardError))\(estimate.isTrusted ? "" : " (?)")"
    }

    /// `p = 0.03`, `p < 1e−16`.
    static func chance(_ value: Double) -> String { value < 1e-16 ? "p < 1e−16" : "p = \(number(value))" }

    /// Without what is behind the point: `9,848`.
    static func whole(_ value: Double) -> String {
        abs(value) < 1e15 ? Int(value.rounded()).grouped : number(value)
    }

    /// `seed 3`, `seeds 0 to 4`, `seeds 0, 3, 9`.
    static func seeds(_ seeds: [UInt64]) -> String { "\(seeds.count.several("seed")) \(list(seeds))" }

    /// `0 to 4`, `0, 3, 9`, `0, 2, 5 and 9 more`.
    ///
    /// - Parameter seeds: in their order.
    static func list(_ seeds: [UInt64]) -> String {
        guard let first = seeds.first, let last = seeds.last else { return "" }
        if seeds.count > 2, last - first == UInt64(seeds.count - 1) { return "\(first) to \(last)" }
        return some(seeds.map { "\($0)" })
    }

    /// `1a, 1b and 12 more`.
    static func some(_ names: [String], most: Int = 12, separator: String = ", ") -> String {
        names.count > most + 1
            ? "\(names.prefix(most).joined(separator: separator)) and \((names.count - most).grouped) more"
            : names.joined(separator: separator)
    }

    /// `2027-01-15 08:00`, of UTC.
    static func minute(_ date: Date) -> String { String(date.ISO8601Format().prefix(16)).replacing("T", with: " ") }

    private static func signed(_ text: String) -> String { text.replacing("-", with: "−") }
}
