internal import ScrubCore
public import ScrubOps
public import ScrubPlan

/// A step whose kernel is tuned, with the rows of a chunk.
public struct TunableStep: Hashable, Sendable {
    public let op: Op
    /// Types of a row's inputs.
    public let inputs: [ValueType]
    public private(set) var rows: Int
    public let shape: ShapeClass

    /// Nil where the step's kernel is not tuned.
    public init?(_ op: Op, _ inputs: [ValueType], rows: Int) {
        guard let shape = ShapeClass(op, inputs, rows: rows) else { return nil }
        self.op = op
        self.inputs = inputs
        self.rows = rows
        self.shape = shape
    }

    /// Whether an input is the same for every row.
    public func isConstant(_ input: Int) -> Bool { shape.kernel != .attention && input > 0 }

    /// The steps of a plan whose kernels are tuned.
    public static func steps(of plan: Plan) -> [TunableStep] {
        plan.steps.compactMap { step in
            let isOnData = plan.values[step.output].rows == .dataset
            return TunableStep(
                step.op, step.inputs.map { plan.values[$0].type },
                rows: isOnData ? plan.chunks.dataset : plan.chunks.replicates)
        }
    }

    /// One step for each class, in the order of the first: that with most operations.
    public static func distinct(_ steps: [TunableStep]) -> [TunableStep] {
        var found: [TunableStep] = []
        for step in steps {
            if let place = found.firstIndex(where: { $0.shape == step.shape }) {
                if found[place].operations < step.operations { found[place] = step }
            } else {
                found.append(step)
            }
        }
        return found
    }

    /// Of a small transformer and of one of GPT-2 small's widths.
    public static let standard: [TunableStep] = {
        let products = [
            (256, 16, 56, 28), (256, 16, 28, 56), (64, 16, 64, 64), (64, 16, 768, 64), (64, 16, 64, 768),
            (64, 16, 768, 768), (64, 16, 768, 3072), (64, 16, 3072, 768),
        ].map { rows, positions, inner, columns in
            let x: Shape = [Axis(.position, positions), Axis(.model, inner)]
            let w: Shape = [Axis(.model, inner), Axis(.neuron, columns)]
            return TunableStep(.linear(Linear()), [ValueType(x), ValueType(w)], rows: rows)
        }
        let heads = [(1, 42, 28), (42, 42, 28), (16, 16, 64), (128, 128, 64)].map { queries, keys, width in
            let q: Shape = [Axis(.position, queries), Axis(.head, width)]
            let k = ValueType([Axis(.position, keys), Axis(.head, width)])
            let scale = 1 / Float(width).squareRoot()
            let op = Attention(causal: true, scale: scale, queries: queries == 1 ? [keys - 1] : nil)
            return TunableStep(.attention(op), [ValueType(q), k, k], rows: 256)
        }
        let norms = [56, 768].map { width in
            let w = ValueType([Axis(.model, width)])
            let x = ValueType([Axis(.position, 16), Axis(.model, width)])
            return TunableStep(.layerNorm(LayerNorm(epsilon: 1e-5)), [x, w, w], rows: 256)
        }
        return (products + heads + norms).compactMap { $0 }
    }()

    /// Floating-point operations of a chunk.
    var operations: Double { Double(rows) * op.rule.operations(of: inputs) }

    /// The same class with fewer rows, where a chunk has more than so many operations or elements of rows' inputs.
    public func cut(operations most: Double, elements: Int) -> TunableStep {
        var step = self
        let perRow = inputs.indices.filter { !isConstant($0) }.reduce(0) { $0 + inputs[$1].shape.count }
        let few = min(Int(min(1e9, most / op.rule.operations(of: inputs))), elements / max(1, perRow))
        step.rows = max(1, min(rows, few))
        return step
    }
}
