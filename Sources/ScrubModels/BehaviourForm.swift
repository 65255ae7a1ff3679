internal import ScrubCore
public import ScrubGraph
public import ScrubOps

/// A behaviour as a hypothesis file states it: which loss, where it reads the logits, and against what.
public struct BehaviourForm: Hashable, Sendable {
    public enum Loss: String, CaseIterable, Hashable, Sendable {
        case crossEntropy = "cross_entropy"
        case binaryCrossEntropy = "binary_cross_entropy"
        case squaredError = "squared_error"
        case absoluteError = "absolute_error"
    }

    /// What outputs are compared with.
    public enum Target: Hashable, Sendable {
        /// A column, by name.
        case column(String)
        /// The model's own output on the reference datum.
        case model
    }

    public var loss: Loss
    /// Positions at which the logits are read, ascending; nil for all.
    public var positions: [Int]?
    public var target: Target
    /// Whether positions bear weights from the dataset (a masked mean).
    public var isWeighted: Bool

    public init(loss: Loss, positions: [Int]?, target: Target, isWeighted: Bool = false) {
        self.loss = loss
        self.positions = positions
        self.target = target
        self.isWeighted = isWeighted
    }

    /// Columns under which the host binds, per datum, the labels at the positions read and their weights.
    public static let labels = InputSource.column("behaviour/labels")
    public static let weights = InputSource.column("behaviour/weights")
    /// The distribution of labels over the data: for a cross-entropy the weight of each label at each position, for a
    /// binary one the probability of label 1, for a squared error the mean target.
    public static let distribution = InputSource.statistic("behaviour/distribution")
    /// The sum over positions and outputs of the targets' variances.
    public static let variance = InputSource.statistic("behaviour/variance")

    /// Adds the behaviour's nodes above the output of `graph`.
    public func add(to graph: inout Graph) throws(GraphError) -> Behaviour {
        var read = graph.output
        if let positions {
            read = try graph.add(.selectPositions(SelectPositions(positions)), [read], named: "output.read")
        }
        let outputs = graph.nodes[read].type
        let perPosition = Shape(Array(outputs.shape.axes.prefix(1)))
        switch loss {
        case .crossEntropy:
            var operands = [
                read, try graph.add(source: Self.labels, named: "labels", type: ValueType(perPosition, .int32)),
            ]
            if isWeighted {
                operands.append(try graph.add(source: Self.weights, named: "weights", type: ValueType(perPosition)))
            }
            let loss = try graph.add(.crossEntropy(CrossEntropy()), operands, named: "loss")
            let labels = try graph.add(source: Self.distribution, named: "label distribution", type: outputs)
            let baseline = try graph.add(
                .expectedCrossEntropy(ExpectedCrossEntropy()), [read, labels], named: "baseline")
            return Behaviour(metric: self.loss.rawValue, read: read, loss: loss, baseline: .expected(baseline))
        case .binaryCrossEntropy:
            let labels = try graph.add(source: Self.labels, named: "labels", type: ValueType(perPosition, .int32))
            let loss = try graph.add(.binaryCrossEntropy(BinaryCrossEntropy()), [read, labels], named: "loss")
            let share = try graph.add(
                source: Self.distribution, named: "label distribution", type: ValueType(perPosition))
            let baseline = try graph.add(
                .expectedBinaryCrossEntropy(ExpectedBinaryCrossEntropy()), [read, share], named: "baseline")
            return Behaviour(metric: self.loss.rawValue, read: read, loss: loss, baseline: .expected(baseline))
        case .squaredError: return try addSquaredError(to: &graph, read, outputs)
        case .absoluteError:
            let loss = try graph.add(
                .absoluteError(AbsoluteError(scale: 1)), [read, try addTarget(to: &graph, read, outputs)], named: "loss"
            )
            return Behaviour(metric: self.loss.rawValue, read: read, loss: loss)
        }
    }

    private func addSquaredError(
        to graph: inout Graph, _ read: Int, _ outputs: ValueType
    ) throws(GraphError) -> Behaviour {
        let operands = [read, try addTarget(to: &graph, read, outputs)]
        let loss = try graph.add(.squaredError(SquaredError(scale: 1)), operands, named: "loss")
        if target == .model {
            return Behaviour(metric: self.loss.rawValue, read: read, loss: loss, baseline: .ownOutput)
        }
        let mean = try graph.add(source: Self.distribution, named: "mean target", type: outputs)
        let variance = try graph.add(source: Self.variance, named: "target variance", type: ValueType(.scalar))
        let baseline = try graph.add(
            .expectedSquaredError(ExpectedSquaredError(scale: 1)), [read, mean, variance], named: "baseline")
        return Behaviour(metric: self.loss.rawValue, read: read, loss: loss, baseline: .expected(baseline))
    }

    /// What outputs are compared with: a column, or the model's own output on the reference datum.
    private func addTarget(to graph: inout Graph, _ read: Int, _ outputs: ValueType) throws(GraphError) -> Int {
        switch target {
        case .model: try graph.add(onReference: read, named: "target")
        case .column: try graph.add(source: Self.labels, named: "labels", type: outputs)
        }
    }
}
