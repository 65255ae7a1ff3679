internal import Foundation

extension Specificity {
    /// The draws as a table of texts, its head first, every row as long as the head.
    public var rows: [[String]] {
        let head = ["draw", "same", "classes", "rows each", "alone", "swapped", "bits drawn", "bits lost"]
        return [head]
            + (claims + others).map { draw in
                let sizes =
                    draw.smallestClass == draw.largestClass
                    ? "\(draw.largestClass)" : "\(draw.smallestClass) to \(draw.largestClass)"
                return [
                    draw.path, draw.same, "\(draw.classes)", sizes, draw.singletonShare.share,
                    draw.expectedSwaps.share, draw.drawBits.bits,
                    draw.isDetermined ? draw.lostBits.bits : "\(draw.lostBits.bits) at most",
                ]
            }
    }

    /// `the hypothesis says 4.000 bits; scrubbed inputs: 6.000 bits of 8.000 (2 rows of 4.000); 8.000 drawn`.
    public var sentence: String {
        let (least, most) = isUpperBound ? ("at least ", "at most ") : ("", "")
        let why =
            isUpperBound
            ? "; bounds, since these features are no functions of what lies below: "
                + undetermined.joined(separator: ", ") : ""
        return "the hypothesis says \(least)\(saidBits.bits) bits; scrubbed inputs: \(most)\(entropyBits.bits) bits of "
            + "\((Double(inputs) * datasetBits).bits) (\(inputs) \(inputs == 1 ? "row" : "rows") of \(datasetBits.bits)); "
            + "\(drawBits.bits) drawn\(why)"
    }
}

extension Double {
    fileprivate var bits: String { String(format: "%.3f", self) }

    /// `25.0%`; a share too small for that by its first digit: `0.004%`.
    var share: String {
        let percent = 100 * self
        return percent == 0 ? "0%" : String(format: percent < 0.1 ? "%.1g%%" : "%.1f%%", percent)
    }
}
