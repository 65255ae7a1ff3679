internal import ScrubCore
internal import ScrubData
internal import ScrubGraph
internal import ScrubHypothesis
internal import ScrubModels
internal import ScrubOps

/// A behaviour as stated, bound to a dataset: which positions are read, and per row the labels there and their weights.
struct BehaviourBinding {
    let form: BehaviourForm
    /// Positions whose logits are read, ascending.
    let positions: [Int]
    /// `[row, position]` int32; for an error `[row, position, logit]` float32; for a correlation `[row]` float32. Nil
    /// where the label is the model's own output.
    let labels: HostTensor?
    /// The labels that a logit difference is against, `[row, position]` int32; nil where it is against all others.
    let against: HostTensor?
    /// `[row, position]`, each row summing to 1. Nil where every position weighs the same.
    let weights: HostTensor?
    /// The class whose logit a correlation reads: 1 of two where there is but one logit.
    let logit: Int

    /// - Parameters:
    ///   - statement: what is measured.
    ///   - names: what figures, nodes and bindings are called.
    ///   - dataset: D.
    ///   - sequence: positions of the output.
    ///   - logits: the model's outputs at a position.
    /// - Throws: `ExperimentError`.
    init(
        _ statement: BehaviourStatement, named names: BehaviourNames, _ dataset: Dataset, sequence: Int, logits: Int
    ) throws(ExperimentError) {
        let reader = LabelReader(statement: statement, dataset: dataset, sequence: sequence, logits: logits)
        let positions = try reader.positions()
        try statement.check(positions: positions.count, logits: logits)
        let measure = statement.measure.value
        let isOwn = measure.isError && statement.label.value == "model"
        switch measure {
        case .crossEntropy: labels = try reader.classLabels(statement.label, at: positions, below: logits)
        case .binaryCrossEntropy: labels = try reader.classLabels(statement.label, at: positions, below: 2)
        case .accuracy, .probability, .logitDifference:
            labels = try reader.classLabels(statement.label, at: positions, below: max(2, logits))
        case .squaredError, .meanSquaredError, .absoluteError:
            labels = isOwn ? nil : try reader.targets(at: positions)
        case .correlation: labels = try reader.numbers()
        }
        let rival = measure == .logitDifference && statement.against?.value != "others" ? statement.against : nil
        against = try rival.map { (column) throws(ExperimentError) in
            try reader.classLabels(column, "what the label is against", at: positions, below: max(2, logits))
        }
        weights = try statement.mask.map { (mask) throws(ExperimentError) in try reader.weights(mask, at: positions) }
        logit = logits == 1 ? 1 : statement.logit?.value ?? 0
        self.positions = positions
        form = BehaviourForm(
            measure: measure, positions: positions == Array(0..<sequence) ? nil : positions,
            target: isOwn ? .model : .column(statement.label.value), isWeighted: weights != nil,
            rival: rival.map { .column($0.value) } ?? .others, names: names)
    }

    /// Per-row bindings, by source.
    var columns: [InputSource: HostTensor] {
        let names = form.names
        return [names.labels: labels, names.against: against, names.weights: weights].compactMapValues { $0 }
    }
}

extension BehaviourStatement {
    /// Throws where the measure does not take what is stated, or lacks what it needs.
    fileprivate func check(positions: Int, logits: Int) throws(ExperimentError) {
        let (name, place) = (measure.value.rawValue, measure.location)
        func list(_ fits: (Measure) -> Bool) -> String {
            Measure.allCases.filter(fits).map(\.rawValue).joined(separator: ", ")
        }
        if measure.value == .binaryCrossEntropy && logits > 2 {
            throw .behaviour(place, "\(name) reads one or two logits; the model gives \(logits)")
        }
        if let mask, !measure.value.isPerPosition {
            throw .behaviour(
                mask.location, "\(name) takes no mask; those that do are \(list(\.isPerPosition))")
        }
        if shift > 0 && !measure.value.isPerPosition {
            throw .behaviour(place, "\(name) takes no shift; those that do are \(list(\.isPerPosition))")
        }
        if label.value == "model" && !measure.value.isError {
            throw .behaviour(
                label.location, "\(name) does not take the label model; those that do are \(list(\.isError))")
        }
        if let against, measure.value != .logitDifference {
            throw .behaviour(against.location, "\(name) is against nothing; logit_difference alone takes \"against\"")
        }
        if against == nil && measure.value == .logitDifference {
            throw .behaviour(
                place,
                "\(name) needs \"against\": the column of the wrong label, or others for the mean of the other logits")
        }
        try checkLogit(positions: positions, logits: logits)
    }

    private func checkLogit(positions: Int, logits: Int) throws(ExperimentError) {
        let (name, exist) = (measure.value.rawValue, logits == 1 ? "0 alone" : "0 to \(logits - 1)")
        guard measure.value == .correlation else {
            if let logit {
                throw .behaviour(logit.location, "\(name) reads every logit; correlation alone takes \"logit\"")
            }
            return
        }
        guard positions == 1 else {
            throw .behaviour(self.positions.location, "\(name) reads one position; here it reads \(positions)")
        }
        if let logit, !(0..<logits).contains(logit.value) {
            throw .behaviour(logit.location, "logit \(logit.value) does not exist; logits are \(exist)")
        }
        if logit == nil && logits != 1 {
            throw .behaviour(measure.location, "\(name) needs \"logit\", the one to read: \(exist)")
        }
    }
}
