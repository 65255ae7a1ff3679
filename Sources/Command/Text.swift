import Foundation
import Scrubjay

extension String {
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
    func aligned(right width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}

/// Rows of cells in columns as wide as their widest cell; the first column to the left, the others to the right.
///
/// - Parameters:
///   - rows: of cells, which may be fewer than there are columns.
///   - left: the columns that stand to the left.
func table(_ rows: [[String]], toTheLeft left: Set<Int> = [0]) -> String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
    return rows.map { row in
        let cells = row.enumerated().map {
            left.contains($0) ? $1.padded(to: widths[$0]) : $1.aligned(right: widths[$0])
        }
        return cells.joined(separator: "  ").trimmingCharacters(in: .whitespaces) + "\n"
    }.joined()
}

/// Four significant digits: `0.2886`, `6.573e-04`.
func number(_ value: Double) -> String {
    if value == 0 { return "0" }
    guard value.isFinite else { return "\(value)" }
    let size = abs(value)
    if size < 1e-3 || size >= 1e6 { return String(format: "%.3e", value) }
    return String(format: "%.\(max(0, 3 - Int(floor(log10(size)))))f", value)
}

func percent(_ value: Double) -> String { String(format: "%.1f%%", value * 100) }

/// `1.2 GiB`, `340 MiB`.
func bytes(_ count: Int) -> String {
    let mebibytes = Double(count) / 1_048_576
    return mebibytes >= 1024
        ? String(format: "%.1f GiB", mebibytes / 1024) : String(format: "%.0f MiB", max(1, mebibytes))
}

extension Estimate {
    /// `0.2886 ± 0.0078`.
    var sampledText: String { "\(number(mean)) ± \(number(standardError))\(doubt)" }

    /// Behind a share recovered, or any other percentage.
    var shareText: String {
        method == .exact ? "\(percent(mean)) exact" : "\(percent(mean)) ± \(percent(standardError))\(doubt)"
    }

    private var doubt: String { isTrusted ? "" : " (?)" }

    /// The same, or `0.0006573 exact`.
    var text: String { method == .exact ? "\(number(mean)) exact" : sampledText }
}
