/// Columns of equal length, one value a replicate, as sums over at most 4,096 blocks of consecutive replicates: what
/// the bootstrap needs of them, in constant memory however many replicates there are.
///
/// A block holds the least power of two of replicates at which 4,096 blocks suffice: one each up to 4,096 replicates.
/// When they no longer do, neighbours are joined. The last block may be shorter, so that blocks have sums and counts,
/// not means. All follows from the order of the replicates alone: the same columns give the same bits however they are
/// cut.
///
/// Blocks may stand for replicates where these are independent. For the mean of n independent values of one
/// distribution, with cumulants κ, the variance is κ₂/n and the third cumulant κ₃/n². Add b of them first: the mean of
/// n/b block means has variance (κ₂/b)/(n/b) and third cumulant (κ₃/b²)/(n/b)², the same. So resampling blocks gives a
/// mean the variance and the skewness that resampling replicates gives, up to the error of estimating κ₂ and κ₃ from
/// n/b values in place of n: with 2,048 normal ones, 1.6% of the standard error.
public struct BlockSums: Hashable, Sendable {
    /// The most blocks.
    public static let most = 4096

    /// The number of columns.
    public private(set) var width: Int
    /// Replicates so far.
    public private(set) var count = 0
    /// Replicates a block.
    public private(set) var size = 1
    /// Sums in order [block, column]; the last block may be incomplete.
    package private(set) var sums: [Double] = []
    /// Of each column, over its replicates.
    private(set) var columns: [Column]

    /// What is kept of a column besides.
    struct Column: Hashable, Sendable {
        var moments = Moments()
        var values = TwoValues()
    }

    /// No replicate yet.
    ///
    /// - Parameter columns: How many columns.
    public init(columns: Int) {
        width = columns
        self.columns = Array(repeating: Column(), count: columns)
        sums.reserveCapacity(Self.most * columns)
    }

    /// All at once.
    ///
    /// - Parameter columns: As many values in each, one a replicate.
    /// - Throws: `StatisticsError.lengths`.
    public init(_ columns: [[Float]]) throws(StatisticsError) {
        self.init(columns: columns.count)
        try append(columns)
    }

    /// Appends replicates.
    ///
    /// - Parameter block: As many columns as before, in their order, as many values in each, one a replicate.
    /// - Throws: `StatisticsError.columns`, `.lengths`; nothing is appended then.
    public mutating func append(_ block: [[Float]]) throws(StatisticsError) {
        guard block.count == width else { throw .columns(found: block.count, expected: width) }
        let lengths = block.map(\.count)
        guard Set(lengths).count <= 1 else { throw .lengths(lengths) }
        append(count: lengths.first ?? 0) { Double(block[$0][$1]) }
    }

    /// Appends `count` replicates, of which `value` gives column and replicate.
    package mutating func append(count new: Int, _ value: (Int, Int) -> Double) {
        var done = 0
        while done < new {
            if count % size == 0 { open() }
            let taken = min(new - done, size - count % size)
            let base = sums.count - width
            for column in 0..<width {
                var sum = sums[base + column]
                for replicate in done..<done + taken {
                    let next = value(column, replicate)
                    sum += next
                    columns[column].moments.add(next)
                    columns[column].values.add(next)
                }
                sums[base + column] = sum
            }
            count += taken
            done += taken
        }
    }

    /// A further block; where there are 4,096, neighbours are joined first.
    private mutating func open() {
        if blocks == Self.most {
            for block in 0..<Self.most / 2 {
                for column in 0..<width {
                    sums[block * width + column] =
                        sums[2 * block * width + column] + sums[(2 * block + 1) * width + column]
                }
            }
            sums.removeLast(Self.most / 2 * width)
            size *= 2
        }
        sums.append(contentsOf: repeatElement(0, count: width))
    }

    /// The mean of a column; nil for no replicate.
    public func mean(of column: Int) -> Double? {
        if count == 0 { return nil }
        return (0..<blocks).reduce(0) { $0 + sums[$1 * width + column] } / Double(count)
    }

    /// Some of the columns, in that order.
    public func picking(_ chosen: [Int]) -> BlockSums {
        var picked = self
        (picked.width, picked.columns) = (chosen.count, chosen.map { columns[$0] })
        picked.sums.removeAll()
        for block in 0..<blocks {
            for column in chosen { picked.sums.append(sums[block * width + column]) }
        }
        return picked
    }

    /// The columns of this and those of another over the same replicates.
    ///
    /// - Throws: `StatisticsError.lengths` where the other has more or fewer replicates.
    public func joined(with other: BlockSums) throws(StatisticsError) -> BlockSums {
        guard count == other.count else { throw .lengths([count, other.count]) }
        var joined = self
        (joined.width, joined.columns) = (width + other.width, columns + other.columns)
        joined.sums.removeAll()
        for block in 0..<blocks {
            joined.sums += sums[block * width..<(block + 1) * width]
            joined.sums += other.sums[block * other.width..<(block + 1) * other.width]
        }
        return joined
    }

    /// How many blocks, the last perhaps incomplete.
    package var blocks: Int { count == 0 ? 0 : (count - 1) / size + 1 }

    /// Replicates of a block.
    package func replicates(_ block: Int) -> Int { min(size, count - block * size) }
}

/// Whether a column holds two values only, and how often the greater.
struct TwoValues: Hashable, Sendable {
    private(set) var least = Double.infinity
    private(set) var greatest = -Double.infinity
    private(set) var greater = 0
    private(set) var count = 0
    /// Whether a third value came.
    private(set) var isMore = false

    mutating func add(_ value: Double) {
        if isMore { return }
        count += 1
        if value == greatest {
            greater += 1
        } else if value == least {
            return
        } else if count == 1 {
            (least, greatest, greater) = (value, value, 1)
        } else if least == greatest, value.isFinite {
            if value > greatest { (greatest, greater) = (value, 1) } else { least = value }
        } else {
            isMore = true
        }
    }
}
