internal import ScrubCore
internal import ScrubData
internal import ScrubGraph
internal import ScrubHypothesis
internal import ScrubModels

/// A behaviour that a draft may measure.
struct DraftBehaviour: Hashable, Sendable {
    var measure: Measure
    var positions: BehaviourStatement.Positions
    var label: String
    var shift = 0
    /// Why it was chosen, or what the data could not tell.
    var reason: String

    /// As a hypothesis file has it.
    var text: String {
        let place =
            switch positions {
            case .all: "all"
            case .last: "last"
            case .list(let list): list.map(String.init).joined(separator: ", ")
            }
        return "{measure: \(measure.rawValue), at: \(place), label: \(DraftText.quoted(label))"
            + (shift == 0 ? "" : ", shift: \(shift)") + "}"
    }

    func statement(at place: SourceLocation) -> BehaviourStatement {
        BehaviourStatement(
            measure: Located(measure, place), positions: Located(positions, place), label: Located(label, place),
            shift: shift)
    }

    /// Names that columns of labels have.
    private static let labels = ["label", "labels", "target", "targets", "answer", "output", "y", "class"]

    /// What may be measured, likeliest first. The last one fits every model: how far its output moves.
    ///
    /// - Parameters:
    ///   - configuration: the model's.
    ///   - bound: what it computes on the data.
    ///   - dataset: the data.
    ///   - tokens: the column of tokens.
    static func likely(
        _ configuration: ModelConfiguration, _ bound: BoundCheckpoint, _ dataset: Dataset, tokens: String
    ) -> [DraftBehaviour] {
        var likely: [DraftBehaviour] = []
        let named = dataset.columns.filter { labels.contains($0.name.lowercased()) }
        let isCausal = if case .transformer(let transformer) = configuration { transformer.isCausal } else { true }
        let (place, where_) = isCausal ? (BehaviourStatement.Positions.last, "last") : (.list([0]), "first")
        let unsure = "read at the \(where_) position, which the data cannot tell"
        if bound.logits <= 2 {
            // One output may be any number, and then a column of two values need not be its label.
            let truths = dataset.columns.filter { $0.width == nil && isTruth($0) }
                .filter { bound.logits == 2 || named.containsName($0) }
            let names = truths.map(\.name).joined(separator: ", ")
            let reason =
                truths.count > 1
                ? "\(names) have two values, as the model's outputs tell two apart, and the data cannot tell which is meant"
                : "\(names) has two values, as the model's outputs tell two apart"
            for column in truths.filter(named.containsName) + truths.filter({ !named.containsName($0) }) {
                likely.append(
                    DraftBehaviour(
                        measure: .binaryCrossEntropy, positions: place, label: column.name,
                        reason: "\(reason); \(unsure)"))
            }
        }
        for column in named {
            let measure: Measure = bound.logits == 1 ? .squaredError : .crossEntropy
            let positions: BehaviourStatement.Positions = column.width == bound.sequence ? .all : place
            let reason = "\(column.name) is called as a label is"
            likely.append(
                DraftBehaviour(
                    measure: measure, positions: positions, label: column.name,
                    reason: positions == .all ? reason : "\(reason); \(unsure)"))
        }
        if case .transformer(let transformer) = configuration, transformer.isCausal,
            transformer.logits == transformer.vocabulary, bound.sequence > 1
        {
            likely.append(
                DraftBehaviour(
                    measure: .crossEntropy, positions: .all, label: tokens, shift: 1,
                    reason: "no column is called as a label is, so that the next token is predicted"))
        }
        likely.append(
            DraftBehaviour(
                measure: .meanSquaredError, positions: .all, label: "model",
                reason: "the data cannot tell what the model is for, so that its output is compared with itself"))
        return likely
    }

    private static func isTruth(_ column: Column) -> Bool {
        switch column.values {
        case .booleans: true
        case .integers(let values): Set(values) == [0, 1]
        default: false
        }
    }
}

extension [Column] {
    fileprivate func containsName(_ column: Column) -> Bool { contains { $0.name == column.name } }
}
