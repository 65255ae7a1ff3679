internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// Where the rows of a kept value begin that lie one after another, each as far as it is read: without padding there is
/// less to write, and of memory that is never written the machine gives nothing. Values read by the same tokens share
/// this, so that it stays in the cache.
struct RowStarts {
    /// By row: groups of positions before it.
    private let groups: UnsafePointer<Int32>
    /// Elements of a group.
    private let size: Int

    /// Positions of a group: where that many divide a row, rows of most widths begin with a cache line.
    private static func group(of positions: Int) -> Int { [4, 2].first(where: positions.isMultiple(of:)) ?? 1 }

    /// Positions behind those of a row that are read: one of poison, if any.
    static func gap(isPoisoned: Bool) -> Int { isPoisoned ? 1 : 0 }

    /// Fills `groups`, one number for each row, for rows of at most so many positions.
    static func count(_ positions: Int, _ reach: Reach, rows: Int, into groups: UnsafeMutablePointer<Int32>) {
        let group = group(of: positions)
        var start = 0
        for row in 0..<rows {
            groups[row] = Int32(start)
            start += min(positions, reach[row]).up(toMultipleOf: group) / group
        }
    }

    init(_ groups: UnsafePointer<Int32>, of shape: Shape) {
        self.groups = groups
        size = Self.group(of: shape.vectors) * shape.width
    }

    /// Elements before a row.
    @inline(__always)
    subscript(row: Int) -> Int { Int(groups[row]) * size }
}

extension Program {
    /// Kept values of which no padding is read, if draws are such as allow to leave it out, with the number of the tokens
    /// that say how far.
    static func packed(_ kept: [Int], of plan: Plan, _ tokens: [PaddedTokens]) -> [Int: Int] {
        if tokens.isEmpty { return [:] }
        let (reads, returned) = (Padding(plan) { _ in true }.reads, Set(plan.roots.map(\.value)))
        var packed: [Int: Int] = [:]
        for value in kept where !returned.contains(value) && plan.values[value].type.element == .float32 {
            guard let read = reads[value], let number = tokens.firstIndex(of: read.tokens),
                plan.values[value].type.shape.vectors == plan.values[read.tokens.column].type.shape.count
            else { continue }
            packed[value] = number
        }
        return packed
    }
}

extension Run {
    /// By value that is kept without padding, where its rows begin; nil for one of which padding is read after all.
    static func rowStarts(
        _ program: Program, _ extents: Extents, rows: Int, in memory: Memory
    ) throws(CPUError) -> [RowStarts?] {
        var starts = [RowStarts?](repeating: nil, count: program.plan.values.count)
        for number in Set(program.packed.values).sorted() {
            // Whether or not it is needed: what a run holds is stated before.
            let groups = try memory.allocate(rows, 1).assumingMemoryBound(to: Int32.self)
            let values = program.packed.filter { $0.value == number }.keys
            let read = values.compactMap { value in extents.byValue[value] }
            let positions = program.plan.values[program.tokens[number].column].type.shape.count
            guard let beyond = read.map(\.beyond).max(), let least = read.map(\.least).max(),
                rows <= Int(Int32.max) / max(1, positions)
            else { continue }
            let gap = RowStarts.gap(isPoisoned: program.poisonsPadding)
            let reach = Reach(lengths: extents.lengths[number], table: nil, beyond: beyond + gap, least: least + gap)
            RowStarts.count(positions, reach, rows: rows, into: groups)
            for value in values where extents.byValue[value] != nil {
                starts[value] = RowStarts(groups, of: program.plan.values[value].type.shape)
            }
        }
        return starts
    }
}
