internal import ScrubCore
internal import ScrubOps

/// Where the values of one phase lie in a chunk's arena: offsets in elements per row, shared by values whose lifetimes
/// do not meet.
///
/// Every value is 4 bytes an element, so that an offset counts floats or integers alike. In an arena for `n` rows, a
/// value lies at
/// `offset × n` as `[n, axes]`.
public struct Layout: Hashable, Sendable {
    /// By value number. Inputs, values of the other phase and those that are not placed have none.
    public let offsets: [Int: Int]
    /// Elements of arena that one row takes.
    public let elementsPerRow: Int

    /// Places the outputs of the phase's steps, first fit in step order. What a gather or root reads lives to the
    /// phase's end.
    ///
    /// - Complexity: O(steps × gaps between values alive at once), of which there are few.
    public init(_ plan: Plan, phase: Rows) {
        self.init(plan, phase: phase, times: Array(plan.steps(on: phase).indices)) { _ in true }
    }

    /// Places some outputs of the phase's steps where steps may be taken at once.
    ///
    /// - Parameters:
    ///   - plan: the plan.
    ///   - phase: the axis of the steps.
    ///   - times: by step, ascending: those of one time run in any order, and so may rows of theirs.
    ///   - copied: values that are copied elsewhere as soon as they are written, and need not outlive their last reader
    ///     here.
    ///   - isPlaced: which values are placed, by number.
    /// - Complexity: as above.
    public init(_ plan: Plan, phase: Rows, times: [Int], copied: Set<Int> = [], _ isPlaced: (Int) -> Bool) {
        let steps = plan.steps(on: phase)
        let end = (times.last ?? 0) + 1
        var lastRead = [Int?](repeating: nil, count: plan.values.count)
        for (time, step) in zip(times, steps) {
            for input in step.inputs { lastRead[input] = time }
        }
        for value in plan.roots.map(\.value) + plan.kept where !copied.contains(value) { lastRead[value] = end }

        var offsets: [Int: Int] = [:]
        offsets.reserveCapacity(steps.count)
        var gaps = Gaps()
        // By time, what is free from then on.
        var freed = [[Range<Int>]](repeating: [], count: end + 2)
        var now = 0
        for (time, step) in zip(times, steps) where isPlaced(step.output) {
            while now <= time {
                for range in freed[now] { gaps.free(range) }
                now += 1
            }
            let place = gaps.take(plan.values[step.output].type.shape.count)
            offsets[step.output] = place.lowerBound
            freed[(lastRead[step.output] ?? time) + 1].append(place)
        }
        self.offsets = offsets
        elementsPerRow = gaps.top
    }
}

/// What is free of an arena that has no end.
private struct Gaps {
    /// Below `end`, by place; no two touch.
    private var gaps: [Range<Int>] = []
    /// All from here on is free.
    private var end = 0
    /// The most that was ever taken.
    private(set) var top = 0

    /// The lowest elements that are free, so many in a row.
    mutating func take(_ count: Int) -> Range<Int> {
        if count == 0 { return 0..<0 }
        guard let gap = gaps.firstIndex(where: { $0.count >= count }) else {
            end += count
            top = max(top, end)
            return end - count..<end
        }
        let start = gaps[gap].lowerBound
        if gaps[gap].count == count {
            gaps.remove(at: gap)
        } else {
            gaps[gap] = start + count..<gaps[gap].upperBound
        }
        return start..<start + count
    }

    mutating func free(_ range: Range<Int>) {
        if range.isEmpty { return }
        // The first gap above.
        var (low, high) = (0, gaps.count)
        while low < high {
            let middle = (low + high) / 2
            if gaps[middle].lowerBound < range.lowerBound { low = middle + 1 } else { high = middle }
        }
        var joined = range
        if low < gaps.count, gaps[low].lowerBound == range.upperBound {
            joined = joined.lowerBound..<gaps.remove(at: low).upperBound
        }
        if low > 0, gaps[low - 1].upperBound == joined.lowerBound {
            low -= 1
            joined = gaps.remove(at: low).lowerBound..<joined.upperBound
        }
        if joined.upperBound == end { end = joined.lowerBound } else { gaps.insert(joined, at: low) }
    }
}
