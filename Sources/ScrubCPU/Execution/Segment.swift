internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// Instructions that follow one another and take a few rows of a block at a time, so that what one writes is still in
/// the second-level cache when the next reads it.
struct Segment {
    var instructions: Range<Int>
    /// Rows at a time.
    var rows: Int

    /// Cuts the steps of a phase into those that read a matrix which no first-level cache holds, for the whole block, and
    /// what lies between.
    ///
    /// - Parameters:
    ///   - block: rows of a block.
    ///   - cacheBytes: what stays in the second-level cache, eight times a first-level one.
    ///   - amortisingVectors: as many in a row pay for reading a matrix.
    static func cut(_ steps: [Step], in plan: Plan, block: Int, cacheBytes: Int, amortisingVectors: Int) -> [Segment] {
        var segments: [Segment] = []
        var (isWhole, bytes): (Bool?, Int) = (nil, 0)
        for (index, step) in steps.enumerated() {
            let output = plan.values[step.output].type
            var readsMatrix = false
            if case .linear = step.op {
                readsMatrix =
                    plan.values[step.inputs[1]].type.bytes > cacheBytes / 8 && output.shape.vectors < amortisingVectors
            }
            if readsMatrix != isWhole {
                segments.append(Segment(instructions: index..<index, rows: block))
                (isWhole, bytes) = (readsMatrix, 0)
            }
            bytes += output.bytes
            let last = segments.count - 1
            segments[last].instructions = segments[last].instructions.lowerBound..<index + 1
            if !readsMatrix { segments[last].rows = min(block, max(1, cacheBytes / max(1, bytes))) }
        }
        return segments
    }
}
