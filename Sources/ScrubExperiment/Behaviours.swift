internal import ScrubCore
internal import ScrubData
internal import ScrubGraph
internal import ScrubHypothesis
internal import ScrubModels
internal import ScrubOps

/// All that a hypothesis measures, bound to a dataset: its behaviour first, then the further ones, and of a
/// cross-entropy the accuracy besides.
struct Behaviours {
    let bindings: [BehaviourBinding]
    private let distributions: [LabelDistribution]

    /// - Parameters:
    ///   - hypothesis: what is measured.
    ///   - dataset: D.
    ///   - sequence: positions of the output.
    ///   - logits: the model's outputs at a position.
    /// - Throws: `ExperimentError`.
    init(_ hypothesis: Hypothesis, _ dataset: Dataset, sequence: Int, logits: Int) throws(ExperimentError) {
        let stated = [hypothesis.behaviour] + hypothesis.also
        let statements = stated + Self.accuracy(beside: stated)
        var bindings: [BehaviourBinding] = []
        for (statement, names) in zip(statements, BehaviourNames.unique(statements.map(\.measure.value))) {
            bindings.append(
                try BehaviourBinding(statement, named: names, dataset, sequence: sequence, logits: logits))
        }
        self.bindings = bindings
        distributions = bindings.map {
            LabelDistribution($0, rows: dataset.count, weights: dataset.weights, logits: logits)
        }
    }

    /// How often the label is the preferred one, where the first behaviour is a cross-entropy and nobody asks for it.
    private static func accuracy(beside stated: [BehaviourStatement]) -> [BehaviourStatement] {
        let first = stated[0]
        guard [.crossEntropy, .binaryCrossEntropy].contains(first.measure.value),
            !stated.contains(where: { $0.measure.value == .accuracy })
        else { return [] }
        var accuracy = first
        accuracy.measure.value = .accuracy
        return [accuracy]
    }

    /// Per-row bindings of all, by source.
    var columns: [InputSource: HostTensor] {
        bindings.reduce(into: [:]) { $0.merge($1.columns) { first, _ in first } }
    }

    /// Figures over D that their baselines read, by source.
    var statistics: [InputSource: HostTensor] {
        distributions.reduce(into: [:]) { $0.merge($1.statistics) { first, _ in first } }
    }

    /// Adds the nodes of all above the output of `graph`.
    ///
    /// - Throws: `GraphError`.
    func add(to graph: inout Graph) throws(GraphError) -> [Behaviour] {
        var behaviours: [Behaviour] = []
        for distribution in distributions {
            var behaviour = try distribution.behaviour.form.add(to: &graph)
            behaviour.bestConstant = distribution.bestConstant
            behaviours.append(behaviour)
        }
        return behaviours
    }
}
