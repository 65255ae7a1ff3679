internal import ScrubCore
public import ScrubOps

/// What a step does for one row, and once for each chunk.
public struct StepWork: Hashable, Sendable {
    /// Floating-point operations for one row.
    public var operations: Double
    /// Bytes read and written for one row.
    public var bytes: Double
    /// Bytes of weights, read once for each chunk.
    public var bytesPerChunk: Double

    public init(operations: Double, bytes: Double, bytesPerChunk: Double) {
        self.operations = operations
        self.bytes = bytes
        self.bytesPerChunk = bytesPerChunk
    }

    /// - Parameters:
    ///   - op: what is done.
    ///   - inputs: the values read, in the op's order.
    ///   - output: the value written.
    public init(_ op: Op, inputs: [Value], output: Value) {
        let written = Double(output.type.bytes)
        operations = op.rule.operations(of: inputs.map(\.type))
        (bytes, bytesPerChunk) = (written, 0)
        for (number, input) in inputs.enumerated() {
            let whole = Double(input.type.bytes)
            if let share = op.shareRead(ofInput: number, inputs) {
                // Picked out of a table of weights, or out of some positions.
                bytes += share * whole
            } else if input.rows == .constant {
                bytesPerChunk += whole
            } else {
                bytes += whole
            }
        }
    }
}

extension Op {
    /// The share of an input that a row reads, for those ops that pick from it; nil for all of it.
    fileprivate func shareRead(ofInput number: Int, _ inputs: [Value]) -> Double? {
        func positions(_ count: Int) -> Double {
            Double(count) / Double(max(1, inputs[number].type.shape.axes.first?.count ?? 1))
        }
        switch self {
        case .embed(let op) where number > 0:
            return positions(op.positions?.count ?? inputs[0].type.shape.count)
        case .labelLogit(let op) where number == 1 || op.biased && number == 3:
            return Double(inputs[0].type.shape.vectors) / Double(max(1, inputs[1].type.shape.width))
        case .lookup where number > 0: return positions(1)
        case .selectPositions(let op): return positions(op.positions.count)
        case .mergePositions(let op): return positions(op.picks.count { $0.input == number })
        case .resampleGather(let op):
            return op.terms[number].positions.map { list in positions(list.count { $0 != nil }) }
        default: return nil
        }
    }
}

extension Plan {
    /// What a step of this plan does.
    public func work(of step: Step) -> StepWork {
        StepWork(step.op, inputs: step.inputs.map { values[$0] }, output: values[step.output])
    }

    /// Rows of an axis over which a matrix that no cache holds is read once for enough vectors that reading it costs
    /// little; 1 where there is none.
    ///
    /// - Parameters:
    ///   - rows: the axis.
    ///   - vectors: that a matrix is multiplied with each time it is read.
    ///   - bytes: of the largest matrix that stays in a cache.
    public func amortisingRows(on rows: Rows, vectors: Int, beyond bytes: Int) -> Int {
        steps(on: rows).map { step in
            guard case .linear = step.op, values[step.inputs[1]].type.bytes > bytes else { return 1 }
            return vectors / max(1, values[step.inputs[0]].type.shape.vectors)
        }.max() ?? 1
    }

    /// Chunks in which so many rows of an axis are run.
    public func chunkCount(on rows: Rows, _ count: Int) -> Int {
        let size = rows == .dataset ? chunks.dataset : chunks.replicates
        return steps.contains { values[$0.output].rows == rows } && count > 0 ? (count - 1) / max(1, size) + 1 : 0
    }
}
