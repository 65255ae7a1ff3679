public import ScrubData
internal import ScrubGraph
public import ScrubModels

/// A first hypothesis about a model, to be edited: valid, and run as it is. Behaviour and claim are the first ones of a
/// list, likeliest first, that the model and the data take.
public struct HypothesisDraft: Sendable {
    public let configuration: ModelConfiguration
    /// Paths of the model and the data as the file is to name them.
    public let model: String
    public let data: String
    public let dataset: Dataset
    /// The column of tokens, where the model reads one that is not called `tokens`.
    let tokens: String?
    let behaviour: DraftBehaviour
    /// Behaviours that are less likely meant.
    let otherBehaviours: [DraftBehaviour]
    /// Names of the components that the output reads directly, in the order in which they are read.
    let inputs: [String]
    /// Names of all components but the output.
    let components: [String]
    /// What the claimed input is the same in, a feature or `any`.
    let feature: String
    /// Other features that could be claimed.
    let otherFeatures: [String]

    /// - Parameters:
    ///   - checkpoint: the model.
    ///   - dataset: the data.
    ///   - model: the model's path as the file is to name it.
    ///   - data: the data's path as the file is to name it.
    /// - Throws: a `Diagnostic`: data that the model cannot read.
    public init(_ checkpoint: Checkpoint, _ dataset: Dataset, model: String, data: String) throws {
        (configuration, self.dataset, self.model, self.data) = (checkpoint.configuration, dataset, model, data)
        let tokens = Self.tokens(of: checkpoint.configuration, in: dataset)
        self.tokens = tokens
        let trial = DraftTrial(checkpoint, dataset, tokens: tokens, data: data)
        let bound = try trial.bound()
        let graph = bound.graph
        let likely = DraftBehaviour.likely(checkpoint.configuration, bound, dataset, tokens: tokens ?? "tokens")
        let behaviours = try trial.behaviours(among: likely)
        let behaviour = behaviours[0]
        (self.behaviour, otherBehaviours) = (behaviour, Array(behaviours.dropFirst()))
        inputs = graph.directInputs(of: graph.output).map { graph.nodes[$0].name }
        components = graph.claimableNames.filter { $0 != graph.nodes[graph.output].name }
        let features = Self.features(of: dataset, besides: behaviour.label)
        let claimed = Self.claimed(among: inputs)
        let fitting = features.filter { trial.takes(behaviour, claimed: claimed, same: $0) }
        feature = fitting.first ?? "any"
        otherFeatures = Array(fitting.dropFirst())
    }

    /// The input that is claimed: the last head, as likely as any to matter, or else the last that the output reads.
    static func claimed(among inputs: [String]) -> String {
        inputs.last { $0.wholeMatch(of: /a[0-9]+\.h[0-9]+/) != nil } ?? inputs.last ?? "output"
    }

    /// The one column of whole numbers in arrays, where none is called `tokens`.
    private static func tokens(of configuration: ModelConfiguration, in dataset: Dataset) -> String? {
        guard case .transformer(let transformer) = configuration, dataset[column: "tokens"] == nil else { return nil }
        let found = dataset.columns.first { column in
            guard case .integerArrays(let width, let values) = column.values else { return false }
            return (1...transformer.positions).contains(width)
                && values.allSatisfy { (0..<Int64(transformer.vocabulary)).contains($0) }
        }
        return found?.name
    }

    /// Columns of which rows can be the same, coarsest first; the label last, since what it keeps is much.
    private static func features(of dataset: Dataset, besides label: String) -> [String] {
        let scalars = dataset.columns.filter { $0.width == nil && !DraftText.isReserved($0.name) }
        let counted = scalars.map { ($0.name, Set(DraftText.values(of: $0)).count) }
        let fitting = counted.filter { $0.1 > 1 && $0.1 < dataset.count }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(
            \.0)
        return fitting.filter { $0 != label } + fitting.filter { $0 == label }
    }
}
