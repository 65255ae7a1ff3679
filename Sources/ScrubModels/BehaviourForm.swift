internal import ScrubCore
public import ScrubGraph
internal import ScrubOps

/// A behaviour as a hypothesis file states it: what it measures, where it reads the logits, and against what.
public struct BehaviourForm: Hashable, Sendable {
    /// What outputs are compared with.
    public enum Target: Hashable, Sendable {
        /// A column, by name.
        case column(String)
        /// The model's own output on the reference datum.
        case model
    }

    /// What a logit difference is against.
    public enum Rival: Hashable, Sendable {
        /// The logits of a column's labels, by name.
        case column(String)
        /// The mean of the other logits.
        case others
    }

    public var measure: Measure
    /// Positions at which the logits are read, ascending; nil for all.
    public var positions: [Int]?
    public var target: Target
    /// Whether positions bear weights from the dataset (a masked mean).
    public var isWeighted: Bool
    public var rival: Rival
    public var names: BehaviourNames

    /// - Parameters:
    ///   - measure: what is measured.
    ///   - positions: where the logits are read, ascending; nil for all.
    ///   - target: what they are compared with.
    ///   - isWeighted: whether positions bear weights from the dataset.
    ///   - rival: what a logit difference is against; other measures do not look at it.
    ///   - names: what nodes and bindings are called; as for the only behaviour of a graph, unless given.
    public init(
        measure: Measure, positions: [Int]?, target: Target, isWeighted: Bool = false, rival: Rival = .others,
        names: BehaviourNames? = nil
    ) {
        self.measure = measure
        self.positions = positions
        self.target = target
        self.isWeighted = isWeighted
        self.rival = rival
        self.names = names ?? BehaviourNames(metric: measure.rawValue)
    }

    /// Whether less of it is better.
    public var isLoss: Bool { measure.isLoss }

    /// Adds the behaviour's nodes above the output of `graph`.
    ///
    /// - Throws: `GraphError`: a node of one of its names is there, or the outputs are not what the measure reads.
    public func add(to graph: inout Graph) throws(GraphError) -> Behaviour {
        let read = try addRead(to: &graph)
        let outputs = graph.nodes[read].type
        switch measure {
        case .crossEntropy:
            return try addMean(
                .crossEntropy(CrossEntropy()), expected: .expectedCrossEntropy(ExpectedCrossEntropy()), outputs,
                to: &graph, read)
        case .binaryCrossEntropy:
            return try addMean(
                .binaryCrossEntropy(BinaryCrossEntropy()),
                expected: .expectedBinaryCrossEntropy(ExpectedBinaryCrossEntropy()),
                isWeighted ? outputs.classes : ValueType(outputs.perPosition), to: &graph, read)
        case .accuracy: return try addScore(.correct, to: &graph, read)
        case .probability: return try addScore(.probability, to: &graph, read)
        case .logitDifference:
            return rival == .others ? try addScore(.margin, to: &graph, read) : try addDifference(to: &graph, read)
        case .squaredError: return try addSquaredError(scale: 1, to: &graph, read)
        case .meanSquaredError:
            return try addSquaredError(scale: 1 / Float(max(1, outputs.shape.count)), to: &graph, read)
        case .absoluteError:
            let operands = [read, try addTarget(to: &graph, read)]
            let loss = try graph.add(.absoluteError(AbsoluteError(scale: 1)), operands, named: names.measure)
            return behaviour(read, loss, .sampled)
        case .correlation: return try addCorrelation(to: &graph, read)
        }
    }

    /// The output where it is read; behaviours that read it at the same positions share the node.
    private func addRead(to graph: inout Graph) throws(GraphError) -> Int {
        guard let positions else { return graph.output }
        let select = Op.selectPositions(SelectPositions(positions))
        let (output, kind) = (graph.output, Node.Kind.op(select))
        if let there = graph.nodes.firstIndex(where: { $0.kind == kind && $0.inputs == [output] }) { return there }
        let name = graph.number(of: "output.read") == nil ? "output.read" : names.node("read")
        return try graph.add(select, [output], named: name)
    }

    /// A weighted mean over positions, and its expectation over the distribution of labels.
    private func addMean(
        _ op: Op, expected: Op, _ distribution: ValueType, to graph: inout Graph, _ read: Int
    ) throws(GraphError) -> Behaviour {
        let labels = try addLabels(names.labels, "labels", to: &graph, read)
        let loss = try graph.add(
            op, [read, labels] + (try addWeights(to: &graph, read)), named: names.measure)
        let baseline = try addBaseline(expected, distribution, to: &graph, read)
        return behaviour(read, loss, .expected(baseline))
    }

    private func addScore(
        _ kind: LabelScore.Kind, to graph: inout Graph, _ read: Int
    ) throws(GraphError) -> Behaviour {
        try addMean(
            .labelScore(LabelScore(kind)), expected: .expectedLabelScore(ExpectedLabelScore(kind)),
            graph.nodes[read].type.classes, to: &graph, read)
    }

    /// The label's logit less another label's. Both are linear in their labels' distributions, so that the difference
    /// of these gives the expectation.
    private func addDifference(to graph: inout Graph, _ read: Int) throws(GraphError) -> Behaviour {
        let weights = try addWeights(to: &graph, read)
        let score = Op.labelScore(LabelScore(.logit))
        let labels = try addLabels(names.labels, "labels", to: &graph, read)
        let own = try graph.add(score, [read, labels] + weights, named: names.node("label logit"))
        let against = try addLabels(names.against, "against", to: &graph, read)
        let other = try graph.add(score, [read, against] + weights, named: names.node("against logit"))
        let loss = try graph.add(.difference(Difference()), [own, other], named: names.measure)
        let baseline = try addBaseline(
            .expectedLabelScore(ExpectedLabelScore(.logit)), graph.nodes[read].type.classes, to: &graph, read)
        return behaviour(read, loss, .expected(baseline))
    }

    private func addCorrelation(to graph: inout Graph, _ read: Int) throws(GraphError) -> Behaviour {
        let place = try graph.add(
            source: names.logit, named: names.node("logit"), type: ValueType(graph.nodes[read].type.perPosition, .int32)
        )
        let loss = try graph.add(.labelScore(LabelScore(.logit)), [read, place], named: names.measure)
        var behaviour = behaviour(read, loss, .zero)
        behaviour.summary = .correlation(with: names.labels)
        return behaviour
    }

    private func addSquaredError(
        scale: Float, to graph: inout Graph, _ read: Int
    ) throws(GraphError) -> Behaviour {
        let operands = [read, try addTarget(to: &graph, read)]
        let loss = try graph.add(.squaredError(SquaredError(scale: scale)), operands, named: names.measure)
        if target == .model {
            // What a run over D gives is the sum of the variances, not their mean.
            return behaviour(read, loss, .ownOutput)
        }
        let mean = try graph.add(
            source: names.distribution, named: names.node("mean target"), type: graph.nodes[read].type)
        let variance = try graph.add(
            source: names.variance, named: names.node("target variance"), type: ValueType(.scalar))
        let baseline = try graph.add(
            .expectedSquaredError(ExpectedSquaredError(scale: scale)), [read, mean, variance],
            named: names.node("baseline"))
        return behaviour(read, loss, .expected(baseline))
    }

    private func addBaseline(
        _ expected: Op, _ distribution: ValueType, to graph: inout Graph, _ read: Int
    ) throws(GraphError) -> Int {
        let labels = try graph.add(
            source: names.distribution, named: names.node("label distribution"), type: distribution)
        return try graph.add(expected, [read, labels], named: names.node("baseline"))
    }

    private func addLabels(
        _ source: InputSource, _ role: String, to graph: inout Graph, _ read: Int
    ) throws(GraphError) -> Int {
        try graph.add(
            source: source, named: names.node(role), type: ValueType(graph.nodes[read].type.perPosition, .int32))
    }

    /// The weights as further operands; none where every position weighs the same.
    private func addWeights(to graph: inout Graph, _ read: Int) throws(GraphError) -> [Int] {
        if !isWeighted { return [] }
        let type = ValueType(graph.nodes[read].type.perPosition)
        return [try graph.add(source: names.weights, named: names.node("weights"), type: type)]
    }

    /// What outputs are compared with: a column, or the model's own output on the reference datum.
    private func addTarget(to graph: inout Graph, _ read: Int) throws(GraphError) -> Int {
        switch target {
        case .model: try graph.add(onReference: read, named: names.node("target"))
        case .column: try graph.add(source: names.labels, named: names.node("labels"), type: graph.nodes[read].type)
        }
    }

    private func behaviour(_ read: Int, _ loss: Int, _ baseline: Behaviour.Baseline) -> Behaviour {
        Behaviour(
            metric: names.metric, read: read, loss: loss, baseline: baseline, isLoss: isLoss,
            readsLogits: measure.isPerPosition)
    }
}

extension ValueType {
    /// The positions of `[position, logit]`.
    fileprivate var perPosition: Shape { Shape(Array(shape.axes.prefix(1))) }

    /// One number for each class at each position: a single logit tells two classes apart.
    fileprivate var classes: ValueType { ValueType(Shape(shape.axes.prefix(1) + [Axis(.logit, max(2, shape.width))])) }
}
