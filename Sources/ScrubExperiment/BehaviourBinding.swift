internal import ScrubCore
internal import ScrubData
internal import ScrubHypothesis
internal import ScrubModels
internal import ScrubOps

/// A behaviour as stated, bound to a dataset: which positions are read, and per row the labels there and their weights.
struct BehaviourBinding {
    let form: BehaviourForm
    /// Positions whose logits are read, ascending.
    let positions: [Int]
    /// `[row, position]` int32, or for a squared error `[row, position, logit]` float32. Nil where the label is the
    /// model's own output.
    let labels: HostTensor?
    /// `[row, position]`, each row summing to 1. Nil where every position weighs the same.
    let weights: HostTensor?

    /// - Parameters:
    ///   - sequence: positions of the tokens.
    ///   - logits: the model's outputs at a position.
    /// - Throws: `ExperimentError`.
    init(_ statement: BehaviourStatement, _ dataset: Dataset, sequence: Int, logits: Int) throws(ExperimentError) {
        guard let loss = BehaviourForm.Loss(rawValue: statement.loss.value) else {
            let known = BehaviourForm.Loss.allCases.map(\.rawValue).joined(separator: ", ")
            throw .behaviour(statement.loss.location, "no loss \"\(statement.loss.value)\"; losses are \(known)")
        }
        let reader = LabelReader(statement: statement, dataset: dataset, sequence: sequence, logits: logits)
        let positions = try reader.positions()
        if loss == .binaryCrossEntropy && logits > 2 {
            throw .behaviour(
                statement.loss.location, "binary_cross_entropy reads one or two logits; the model gives \(logits)")
        }
        if statement.mask != nil && loss != .crossEntropy {
            throw .behaviour(statement.mask?.location ?? statement.loss.location, "a mask needs the loss cross_entropy")
        }
        let target: BehaviourForm.Target = statement.label.value == "model" ? .model : .column(statement.label.value)
        if target == .model && loss != .squaredError && loss != .absoluteError {
            throw .behaviour(statement.label.location, "the label model needs the loss squared_error or absolute_error")
        }
        if statement.shift > 0 && loss != .crossEntropy {
            throw .behaviour(statement.loss.location, "a shift needs the loss cross_entropy")
        }
        switch loss {
        case .crossEntropy: labels = try reader.classLabels(at: positions, below: logits)
        case .binaryCrossEntropy: labels = try reader.classLabels(at: positions, below: 2)
        case .squaredError, .absoluteError: labels = target == .model ? nil : try reader.targets(at: positions)
        }
        weights = try statement.mask.map { (mask) throws(ExperimentError) in try reader.weights(mask, at: positions) }
        self.positions = positions
        form = BehaviourForm(
            loss: loss, positions: positions == Array(0..<sequence) ? nil : positions, target: target,
            isWeighted: weights != nil)
    }

    /// Per-row bindings, by source.
    var columns: [InputSource: HostTensor] {
        [BehaviourForm.labels: labels, BehaviourForm.weights: weights].compactMapValues { $0 }
    }
}
