internal import Foundation

/// Where numbers lie along a drawing, and which of them are marked.
struct Axis {
    let range: ClosedRange<Double>
    let isLogarithmic: Bool
    /// From left to right, in units of the drawing.
    let extent: ClosedRange<Double>

    /// The largest ratio that a linear axis still shows.
    private static let decades = 100.0

    /// - Parameters:
    ///   - values: all that shall have a place; those that are not finite have none.
    ///   - extent: from left to right.
    /// - Returns: nil for no values. The axis is logarithmic where all values are above 0 and span more than two decades.
    init?(_ values: [Double], extent: ClosedRange<Double>) {
        let finite = values.filter(\.isFinite)
        guard let least = finite.min(), let greatest = finite.max() else { return nil }
        self.extent = extent
        isLogarithmic = least > 0 && greatest / least > Self.decades
        if isLogarithmic {
            range = least...greatest
        } else {
            let slack = least == greatest ? max(abs(least) * 0.1, 1e-9) : 0
            range = (least - slack)...(greatest + slack)
        }
    }

    /// A linear one over a range.
    init(_ range: ClosedRange<Double>, extent: ClosedRange<Double>) {
        self.range = range
        self.extent = extent
        isLogarithmic = false
    }

    /// What lies outside of the range is put at its end.
    func place(_ value: Double) -> Double {
        let value = min(range.upperBound, max(range.lowerBound, value))
        let share =
            isLogarithmic
            ? (log(value) - log(range.lowerBound)) / (log(range.upperBound) - log(range.lowerBound))
            : (value - range.lowerBound) / (range.upperBound - range.lowerBound)
        return extent.lowerBound + share * (extent.upperBound - extent.lowerBound)
    }

    /// Round numbers within the range, about `count` of them.
    func ticks(_ count: Int) -> [Double] {
        if isLogarithmic {
            let decades =
                Int(
                    ceil(log10(range.lowerBound) - 1e-9))...max(
                    Int(ceil(log10(range.lowerBound) - 1e-9)), Int(floor(log10(range.upperBound) + 1e-9)))
            let step = max(1, decades.count / max(1, count))
            return decades.filter { $0.isMultiple(of: step) }.map { pow(10, Double($0)) }.filter(range.contains)
        }
        let width = (range.upperBound - range.lowerBound) / Double(max(1, count))
        let power = pow(10, floor(log10(width)))
        let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= width * 0.999 } ?? 10 * power
        let (first, last) = ((range.lowerBound / step).rounded(.up), (range.upperBound / step).rounded(.down))
        // A range as narrow as its numbers are far apart has no round ones.
        guard step.isNormal, abs(first) < 1e15, abs(last) < 1e15, first <= last else { return [] }
        return (Int(first)...Int(last)).map { Double($0) * step }
    }
}
