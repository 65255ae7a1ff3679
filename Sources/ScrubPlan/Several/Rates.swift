/// How fast each of several backends was so far, and how rows are cut among them by that.
package struct Rates {
    private var shown: [(rows: Int, seconds: Double)]

    /// - Parameter backends: how many; none of them has shown anything.
    package init(_ backends: Int) { shown = Array(repeating: (0, 0), count: backends) }

    /// Counts what a backend did.
    ///
    /// - Parameters:
    ///   - backend: which, from 0.
    ///   - rows: that it ran.
    ///   - seconds: that it took.
    package mutating func add(_ backend: Int, rows: Int, seconds: Double) {
        shown[backend].rows += rows
        shown[backend].seconds += seconds
    }

    /// Consecutive parts, one for each backend, in proportion to the rows a second of each over all that it ran; equal
    /// where nothing was shown. One that has shown nothing yet counts as the mean of those that have.
    ///
    /// Of no more rows than backends each takes one, so that no later cut gives rows to a backend that had none of the
    /// first and largest.
    ///
    /// - Parameter rows: how many are cut.
    package func parts(of rows: Int) -> [Range<Int>] {
        let rates = shown.map { $0.rows > 0 && $0.seconds > 0 ? Double($0.rows) / $0.seconds : nil }
        let known = rates.compactMap(\.self)
        let isEqual = known.isEmpty || rows <= shown.count
        let mean = known.reduce(0, +) / Double(max(1, known.count))
        let shares = rates.map { isEqual ? 1 : $0 ?? mean }
        let total = shares.reduce(0, +)
        var (sum, start) = (0.0, 0)
        return shares.enumerated().map { number, share in
            sum += share
            let isLast = number + 1 == shares.count
            let end = isLast ? rows : min(rows, Int((Double(rows) * sum / total).rounded(.up)))
            defer { start = end }
            return start..<end
        }
    }
}
