internal import ScrubCore
internal import ScrubOps

/// The pattern of a few query rows, then what they read: what the steps of ``AttentionPatternRoutine`` and
/// ``MixValuesRoutine`` compute, to the last bit, without the whole pattern in memory.
struct AttentionRoutine: Routine {
    private let pattern: HeadPattern
    private let values: ValueMix
    private let masked: Bool

    init(_ op: Attention, _ inputs: [ValueType], _ kernels: Kernels) {
        masked = inputs.count == 4
        pattern = HeadPattern(
            AttentionPattern(causal: op.causal, scale: op.scale, queries: op.queries), inputs[0].shape, inputs[1].shape,
            kernels)
        values = ValueMix(inputs[0].shape, inputs[2].shape, kernels.product)
    }

    var scratch: Int { pattern.scratch + values.scratch }

    func run(_ frame: borrowing Frame) {
        let operations = 2 * frame.rows * pattern.queries * pattern.keys * (pattern.width + values.outputs)
        frame.hands.share(operations) { part, parts in
            if part * pattern.tileRows >= pattern.queries { return }
            let scratch = frame.scratch + part * frame.hands.stride
            var (room, other) = (pattern.room(in: scratch), scratch + pattern.scratch)
            for row in 0..<frame.rows {
                let (q, mask) = (frame.input(0).floats(row), masked ? frame.input(3).floats(row) : nil)
                pattern.open(frame.input(1).floats(row), mask, in: &room)
                let v = values.rows(of: frame.input(2).floats(row), room.keyCount, in: other)
                let queries = frame.positions(row, of: pattern.queries)
                let z = frame.floats + row * pattern.queries * values.outputs
                // In turn, since under a causal mask later ones are more work.
                for query in stride(from: part * pattern.tileRows, to: queries, by: parts * pattern.tileRows) {
                    let rows = query..<min(queries, query + pattern.tileRows)
                    pattern.tile(rows, q, mask, in: room)
                    values.mix(
                        rows.count, room.tile, stride: pattern.stride, limits: room.limits + query, v, in: other,
                        into: z + query * values.outputs)
                }
            }
        }
    }
}
