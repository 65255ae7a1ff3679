internal import ScrubCore
internal import ScrubData

/// The draws from each class of an index, those as one that another index does not tell apart.
struct ClassDraws {
    /// By class, the rows that can be drawn, each for those like it.
    private(set) var rows: [Int32] = []
    /// Aligned with `rows`: the probability within its class.
    private(set) var shares: [Double] = []
    private var offsets = [0]
    private let classOf: [Int32]

    /// - Parameters:
    ///   - index: rows are drawn within one of its classes, by its weights.
    ///   - telling: rows of one class of this are one.
    /// - Complexity: O(rows).
    init(_ index: ClassIndex, telling: ClassIndex) {
        classOf = index.classOf
        for c in 0..<index.classCount {
            var (place, start, total) = ([Int32: Int](), rows.count, 0.0)
            for member in index.offsets[c]..<index.offsets[c + 1] {
                let weight = index.weight(at: member)
                if weight == 0 { continue }
                total += weight
                let (row, kind) = (index.rows[member], telling.classOf[Int(index.rows[member])])
                if let known = place[kind] {
                    shares[known] += weight
                } else {
                    place[kind] = rows.count
                    rows.append(row)
                    shares.append(weight)
                }
            }
            while start < rows.count {
                shares[start] /= total
                start += 1
            }
            offsets.append(rows.count)
        }
    }

    /// Where the draws lie that are like a row.
    func likeRow(_ row: Int32) -> Range<Int> {
        let c = Int(classOf[Int(row)])
        return offsets[c]..<offsets[c + 1]
    }
}

extension ClassIndex {
    /// The weight of a member, by its place in `rows`.
    fileprivate func weight(at place: Int) -> Double {
        guard let sums = cumulativeWeights else { return 1 }
        return place == offsets[Int(classOf[Int(rows[place])])] ? sums[place] : sums[place] - sums[place - 1]
    }
}
