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
        let both = fine.joined(with: coarse)
        let (shares, given) = (shares(both), shares(coarse))
        return shares.indices.reduce(0) { sum, c in
            let p = shares[c]
            guard p > 0 else { return sum }
            let whole = given[Int(coarse.classOf[Int(both.rows[both.offsets[c]])])]
            // Sums in different orders may make the part larger than the whole by their rounding.
            return sum + p * max(0, log2(whole / p))
        }
    }

    /// Whether rows alike in `fine` are alike in `coarse`, of rows that can be drawn.
    func isFunction(_ coarse: ClassIndex, of fine: ClassIndex) -> Bool {
        count(fine.joined(with: coarse)) == count(fine)
    }
}
