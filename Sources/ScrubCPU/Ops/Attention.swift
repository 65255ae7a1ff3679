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
        values = ValueMix(inputs[2].shape, kernels.product)
    }

    var scratch: Int { pattern.scratch + values.scratch }

    func run(_ frame: borrowing Frame) {
        for row in 0..<frame.rows {
            let keys = pattern.pack(
                frame.input(1).floats(row), mask: masked ? frame.input(3).floats(row) : nil, in: frame.scratch)
            let packed = values.pack(frame.input(2).floats(row), in: frame.scratch + pattern.scratch)
            let q = frame.input(0).floats(row)
            var z = frame.floats + row * pattern.queries * values.outputs
            var query = 0
            while query < pattern.queries {
                let rows = query..<min(pattern.queries, query + pattern.tileRows)
                pattern.tile(rows, q, keys)
                values.mix(rows.count, keys.tile, stride: pattern.stride, reach: pattern.limits[rows], packed, into: z)
                z += rows.count * values.outputs
                query = rows.upperBound
            }
        }
    }
}
