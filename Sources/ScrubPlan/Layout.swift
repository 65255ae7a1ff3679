internal import ScrubCore
internal import ScrubOps

/// Where the values of one phase lie in a chunk's arena: offsets in elements per row, shared by values whose lifetimes
/// do not meet.
///
/// Every value is 4 bytes an element, so that an offset counts floats or integers alike. In an arena for `n` rows, a
/// value lies at
/// `offset × n` as `[n, axes]`.
public struct Layout: Hashable, Sendable {
    /// By value number. Inputs and values of the other phase have none.
    public let offsets: [Int: Int]
    /// Elements of arena that one row takes.
    public let elementsPerRow: Int

    /// Places the outputs of the phase's steps, first fit in step order. What a gather or root reads lives to the
    /// phase's end.
    ///
    /// - Complexity: O(steps × values alive at once).
    public init(_ plan: Plan, phase: Rows) {
        let steps = plan.steps(on: phase)
        var lastRead: [Int: Int] = [:]
        for (time, step) in steps.enumerated() {
            for input in step.inputs { lastRead[input] = time }
        }
        for value in plan.roots.map(\.value) + plan.kept { lastRead[value] = steps.count }

        var offsets: [Int: Int] = [:]
        var alive: [(start: Int, end: Int, lastRead: Int)] = []
        var top = 0
        for (time, step) in steps.enumerated() {
            alive.removeAll { $0.lastRead < time }
            let size = plan.values[step.output].type.shape.count
            var start = 0
            for block in alive where start + size > block.start { start = max(start, block.end) }
            let place = alive.firstIndex { $0.start >= start + size } ?? alive.endIndex
            alive.insert((start, start + size, lastRead[step.output] ?? time), at: place)
            offsets[step.output] = start
            top = max(top, start + size)
        }
        self.offsets = offsets
        elementsPerRow = top
    }
}
