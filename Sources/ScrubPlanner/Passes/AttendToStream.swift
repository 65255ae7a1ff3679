internal import ScrubCore
internal import ScrubOps
public import ScrubPlan

/// A head that is read at few positions attends to the stream itself where keys and values would have to be projected
/// anew for each replicate: with `k_j = W_K^T x_j + b_K` and `v_j = W_V^T x_j + b_V`,
///
///     q·k_j = (W_K q)·x_j + q·b_K,    Σ_j p_j v_j = W_V^T (Σ_j p_j x_j) + b_V,
///
/// where `q·b_K` is the same for every key, so that the softmax does without it, and the `p_j` add up to 1. One query is
/// projected back and one mixture on, in place of the stream at every position: this is how decoders absorb projections
/// (DeepSeek-V2, section 2.1.2, <https://arxiv.org/abs/2405.04434>).
///
/// The one pass that reorders sums. Scores and mixtures are those of exact arithmetic, and in float32 differ by no more
/// than sums of `model + head` terms do in another order: outputs keep within ``tolerance``. So that no figure depends on
/// what else is planned, it always runs, before all others, and what it chooses follows from the shapes and claims of
/// the hypothesis alone: not from rows, memory, device, or other hypotheses. What follows single data it leaves alone:
/// that is the plain model's, and known.
public struct AttendToStream: Pass {
    public static let name = "attend to the stream"
    /// How far an output may lie from that of the plan before, relative to the largest of its value's elements, at
    /// least 1.
    public static let tolerance = 1e-4

    private let gain: Double

    /// - Parameter gain: by how much the operations that are saved must outnumber those that take their place; attention
    ///   runs at half the rate of large products. With 0, whatever can be attends to the stream.
    public init(gain: Double = 2) { self.gain = gain }

    public static func account(of change: PlanChange) -> String {
        let projections = streams(in: change.after) - streams(in: change.before)
        let replaced = "\(projections.counted("projection")) of keys or values"
        return "replaced \(replaced) by those of queries and mixtures, where few positions are read"
    }

    /// Keys and values of a plan that are not projected.
    private static func streams(in plan: Plan) -> Int {
        plan.steps.reduce(0) { total, step in
            total
                + [step.op.keyInput, step.op.valueInput].count { input in
                    input.map { plan.values[step.inputs[$0]].type.shape.axes.last?.name == .model } ?? false
                }
        }
    }

    public func apply(_ plan: Plan) throws(PlannerError) -> Plan {
        let projections = StreamProjections(plan, gain)
        if projections.isEmpty { return plan }
        var builder = PlanBuilder(like: plan)
        builder.joinsParts = false
        var made = builder.bindInputs(of: plan)
        var transposed: [Int: Int] = [:]
        func transpose(_ weight: Int) -> Int {
            if let known = transposed[weight] { return known }
            guard case .weight(let name, let slice)? = projections.sources[weight] else { return weight }
            let value = plan.values[weight]
            let type = ValueType(Shape(value.type.shape.axes.reversed()))
            let bound = builder.bind(
                .transposedWeight(name, slice: slice), named: "\(value.name) transposed", type)
            transposed[weight] = bound
            return bound
        }
        for step in plan.steps {
            let name = plan.values[step.output].name
            var inputs = step.inputs.map { made[$0] ?? $0 }
            if let keys = projections.keys[step.output] {
                let query = plan.values[step.inputs[0]].name
                inputs[0] = try builder.add(
                    .linear(Linear()), [inputs[0], transpose(keys.inputs[1])], named: "\(query) to the stream")
                inputs[1] = made[keys.inputs[0]] ?? 0
            }
            guard let values = projections.values[step.output] else {
                made[step.output] = try builder.add(step.op, inputs, named: name)
                continue
            }
            inputs[step.op.valueInput ?? 0] = made[values.inputs[0]] ?? 0
            let mixture = try builder.add(step.op, inputs, named: "\(name) of the stream")
            made[step.output] = try builder.add(
                .linear(Linear()), [mixture] + values.inputs.dropFirst().map { made[$0] ?? $0 }, named: name)
        }
        for root in plan.roots { builder.root(root.name, made[root.value] ?? root.value) }
        // Keys and values that nobody else reads.
        return try DropDeadSteps().apply(builder.plan)
    }
}

/// The projections of keys and of values that cost more than to do without them.
private struct StreamProjections {
    /// By output of attention, or of its pattern, the step that projects its keys.
    private(set) var keys: [Int: Step] = [:]
    /// By output of attention, or of the mixing of values, the step that projects them.
    private(set) var values: [Int: Step] = [:]
    /// By value that is bound, to what.
    let sources: [Int: InputSource]

    /// The widest value that attention takes on every engine: a fact of shapes, so that no plan depends on the device.
    private static let widest = 4096

    var isEmpty: Bool { keys.isEmpty && values.isEmpty }

    init(_ plan: Plan, _ gain: Double) {
        sources = Dictionary(uniqueKeysWithValues: plan.inputs.map { ($0.value, $0.source) })
        var projections: [Int: Step] = [:]
        for step in plan.steps where plan.values[step.output].rows == .replicates {
            guard case .linear = step.op, plan.values[step.inputs[0]].rows == .replicates,
                case .weight? = sources[step.inputs[1]],
                plan.values[step.inputs[0]].type.shape.axes.last?.name == .model
            else { continue }
            projections[step.output] = step
        }
        let readers = plan.steps.filter { step in
            [step.op.keyInput, step.op.valueInput].contains { $0.map { projections[step.inputs[$0]] != nil } ?? false }
        }
        if readers.isEmpty { return }
        let (demand, follows) = (PositionDemand(plan), PositionFollows(plan))
        let patterns = Self.patterns(of: plan)
        for step in readers where demand.living.contains(step.output) {
            let queries = demand.positions[step.output]?.count ?? plan.values[step.output].type.shape.vectors
            func worthwhile(_ input: Int?) -> Step? {
                guard let input, let projection = projections[step.inputs[input]] else { return nil }
                let (x, k) = (plan.values[projection.inputs[0]].type.shape, plan.values[projection.output].type.shape)
                // Engines hold a value of attention whole.
                if x.width > Self.widest { return nil }
                let mixed = follows.mixed(projection.output, of: k.vectors)
                let projecting = mixed * x.width * k.width
                let attending = queries * (x.width * k.width + k.vectors * max(0, x.width - k.width))
                return mixed > 0 && gain * Double(attending) <= Double(projecting) ? projection : nil
            }
            // A query that is the same for all rows cannot be projected: no step writes a constant.
            if plan.values[step.inputs[0]].rows == .replicates { keys[step.output] = worthwhile(step.op.keyInput) }
            // Of what adds up to other than 1, `b_V` would be the wrong share.
            if case .mixValues = step.op, !patterns.contains(step.inputs[0]) { continue }
            values[step.output] = worthwhile(step.op.valueInput)
        }
    }

    /// Values of which each row is a whole row of one head's pattern, so that it adds up to 1: not what an ablation puts
    /// there, and not what is merged key by key.
    private static func patterns(of plan: Plan) -> Set<Int> {
        var patterns: Set<Int> = []
        for step in plan.steps {
            let isPattern =
                switch step.op {
                case .attentionPattern: true
                case .gather, .selectPositions, .mergePositions: step.inputs.allSatisfy(patterns.contains)
                default: false
                }
            if isPattern { patterns.insert(step.output) }
        }
        return patterns
    }
}

extension Op {
    /// Which of its inputs are keys, and which values, that a pattern weighs.
    fileprivate var keyInput: Int? {
        switch self {
        case .attention, .attentionPattern: 1
        default: nil
        }
    }

    fileprivate var valueInput: Int? {
        switch self {
        case .attention: 2
        case .mixValues: 1
        default: nil
        }
    }
}
