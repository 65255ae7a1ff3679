internal import Foundation
internal import ScrubData

/// The probability of each row of D, and of classes of rows.
struct RowShares {
    /// [row], summing to 1.
    let ofRow: [Double]

    init(_ dataset: Dataset) {
        let total = dataset.weights?.reduce(0, +) ?? Double(dataset.count)
        ofRow = dataset.weights.map { $0.map { $0 / total } } ?? [Double](repeating: 1 / total, count: dataset.count)
    }

    /// [class] its probability.
    func shares(_ classes: ClassIndex) -> [Double] {
        var shares = [Double](repeating: 0, count: classes.classCount)
        for (row, c) in classes.classOf.enumerated() { shares[Int(c)] += ofRow[row] }
        return shares
    }

    /// How many classes can be drawn.
    func count(_ classes: ClassIndex) -> Int { shares(classes).count { $0 > 0 } }

    /// The entropy of the class in `fine` given that in `coarse`, in bits: Σ p log2 (P / p), p the probability of the
    /// class in both and P that of the class in `coarse`.
    ///
    /// - Complexity: O(rows).
    func bits(_ fine: ClassIndex, given coarse: ClassIndex) -> Double {
        if fine.classCount == 1 { return 0 }
        let both = fine.tellsAll ? fine : fine.joined(with: coarse)
        let (shares, given) = (shares(both), shares(coarse))
        var logarithms = Logarithms(of: given)
        return shares.indices.reduce(0) { sum, c in
            let p = shares[c]
            guard p > 0 else { return sum }
            return sum + p * logarithms[Int(coarse.classOf[Int(both.rows[both.offsets[c]])]), p]
        }
    }

    /// Whether rows alike in `fine` are alike in `coarse`, of rows that can be drawn.
    func isFunction(_ coarse: ClassIndex, of fine: ClassIndex) -> Bool {
        fine.tellsAll || coarse.classCount == 1 || count(fine.joined(with: coarse)) == count(fine)
    }
}

/// log2 (P / p) of a class and a part of it. Without weights most parts of a class are alike, and the logarithm of the
/// last is kept.
private struct Logarithms {
    private let wholes: [Double]
    private var last: [(part: Double, logarithm: Double)]

    init(of wholes: [Double]) {
        self.wholes = wholes
        last = Array(repeating: (0, 0), count: wholes.count)
    }

    subscript(c: Int, part: Double) -> Double {
        mutating get {
            // Sums in different orders may make the part larger than the whole by their rounding.
            if last[c].part != part { last[c] = (part, max(0, log2(wholes[c] / part))) }
            return last[c].logarithm
        }
    }
}

/// How the rows of D that can be drawn are divided into classes.
struct ClassFigures {
    let count: Int
    /// In rows.
    let smallest: Int
    let largest: Int
    let mean: Double
    /// The rows of the class that a draw meets, in expectation.
    let met: Double
    /// The probability of a class of one row.
    let alone: Double
    /// The probability that of two draws from one class the second is another row.
    let swaps: Double
    /// The entropy of a row given its class.
    let bits: Double

    /// - Parameters:
    ///   - classes: of rows that are alike.
    ///   - shares: the rows' probabilities.
    /// - Complexity: O(rows).
    init(_ classes: ClassIndex, _ shares: RowShares) {
        let masses = shares.shares(classes)
        var sizes = [Int](repeating: 0, count: masses.count)
        var (stays, bits, logarithms) = (0.0, 0.0, Logarithms(of: masses))
        for (row, c) in classes.classOf.enumerated() {
            let (share, mass) = (shares.ofRow[row], masses[Int(c)])
            if share == 0 { continue }
            sizes[Int(c)] += 1
            stays += share * min(1, share / mass)
            bits += share * logarithms[Int(c), share]
        }
        let drawn = sizes.indices.filter { sizes[$0] > 0 }
        count = drawn.count
        smallest = drawn.map { sizes[$0] }.min() ?? 0
        largest = drawn.map { sizes[$0] }.max() ?? 0
        mean = Double(drawn.reduce(0) { $0 + sizes[$1] }) / Double(max(1, drawn.count))
        met = drawn.reduce(0) { $0 + masses[$1] * Double(sizes[$1]) }
        alone = min(1, drawn.filter { sizes[$0] == 1 }.reduce(0) { $0 + masses[$1] })
        swaps = max(0, 1 - stays)
        self.bits = bits
    }
}

extension ClassIndex {
    /// Whether every row is a class of its own.
    fileprivate var tellsAll: Bool { classCount == classOf.count }
}
