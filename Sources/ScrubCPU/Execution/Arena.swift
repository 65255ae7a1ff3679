internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// Where a worker's values lie that end with their block: those which one segment leaves for another, for all rows of
/// the block; behind them those of the segment under way, for the rows that it takes at a time.
struct Arena {
    /// In order, all steps of the phase.
    let segments: [Segment]
    private let between: Layout
    private let within: Layout
    /// By value, its segment, where no other reads it.
    private let inner: [Int: Int]
    /// By segment, elements of its own values for each of its rows.
    private let innerElements: [Int]

    /// - Parameters:
    ///   - lasting: values that lie elsewhere.
    ///   - packed: values that are copied elsewhere once they are written.
    init(_ plan: Plan, _ rows: Rows, _ segments: [Segment], lasting: Set<Int>, packed: Set<Int>) {
        let steps = plan.steps(on: rows)
        let segmentOf = segments.indices.flatMap { number in segments[number].instructions.map { _ in number } }
        var inner: [Int: Int] = [:]
        for (step, number) in zip(steps, segmentOf) where !lasting.contains(step.output) {
            inner[step.output] = number
        }
        for (step, number) in zip(steps, segmentOf) {
            for input in step.inputs where inner[input] != number { inner[input] = nil }
        }
        between = Layout(plan, phase: rows, times: segmentOf, copied: packed) {
            !lasting.contains($0) && inner[$0] == nil
        }
        within = Layout(plan, phase: rows, times: Array(steps.indices), copied: packed) { inner[$0] != nil }
        var elements = [Int](repeating: 0, count: segments.count)
        for (value, number) in inner {
            let end = (within.offsets[value] ?? 0) + plan.values[value].type.shape.count
            elements[number] = max(elements[number], end)
        }
        self.segments = segments
        self.inner = inner
        innerElements = elements
    }

    /// Elements that a worker needs whose blocks have so many rows.
    func elements(block: Int) -> Int {
        start(block) + (segments.indices.map { rows(of: $0, block) * innerElements[$0] }.max() ?? 0)
    }

    /// Rows that a segment takes at a time of such a block.
    private func rows(of segment: Int, _ block: Int) -> Int { min(block, segments[segment].rows) }

    /// Where a segment's own values begin: whole cache lines.
    private func start(_ block: Int) -> Int { (block * between.elementsPerRow).up(toMultipleOf: 16) }

    /// Elements before a value, in a worker's arena, and whether its first row is that which its segment is at, not the
    /// block's.
    func place(of value: Int, block: Int) -> (offset: Int, isInner: Bool) {
        guard let segment = inner[value] else { return (block * (between.offsets[value] ?? 0), false) }
        return (start(block) + rows(of: segment, block) * (within.offsets[value] ?? 0), true)
    }
}
