internal import ScrubCore
internal import ScrubData
internal import ScrubGraph
public import ScrubHypothesis
internal import ScrubModels
internal import ScrubOps

/// Reads hypotheses, and a dataset, a model or a feature that several of them name but once.
public struct ExperimentReader {
    private struct Data: Hashable {
        var file: String
        var condition: String?
        var weight: String?

        init(_ hypothesis: Hypothesis) {
            file = hypothesis.dataFile.value
            condition = hypothesis.data.condition?.value
            weight = hypothesis.data.weight?.value
        }
    }

    private struct Binding: Hashable {
        var folder: String
        var data: Data
        var tokens: String
    }

    private struct Definition: Hashable {
        var data: Data
        var text: String
        /// What names in the text may stand for.
        var named: [String: String]
    }

    private var datasets: [Data: Dataset] = [:]
    private var checkpoints: [String: Checkpoint] = [:]
    private var bound: [Binding: BoundCheckpoint] = [:]
    private var features: [Definition: Feature] = [:]

    public init() {}

    /// - Throws: a `Diagnostic` that says what is wrong, where, and what was expected.
    public mutating func experiment(contentsOf path: String) throws -> Experiment {
        try experiment(HypothesisFile.read(path))
    }

    /// - Throws: a `Diagnostic`, as above.
    public mutating func experiment(_ hypothesis: Hypothesis) throws -> Experiment {
        let folder = hypothesis.modelFolder.value
        let checkpoint = try checkpoints[folder] ?? Experiment.checkpoint(hypothesis)
        checkpoints[folder] = checkpoint
        let dataset = try dataset(of: hypothesis)
        return try Experiment(
            hypothesis, checkpoint, dataset, try bind(checkpoint, hypothesis, dataset)
        ) { text, named, location in try feature(text, named: named, hypothesis, dataset, location) }
    }

    private mutating func dataset(of hypothesis: Hypothesis) throws -> Dataset {
        let (key, data) = (Data(hypothesis), hypothesis.data)
        if let known = datasets[key] { return known }
        let dataset = try Dataset.read(
            key.file, where: key.condition, weight: key.weight,
            location: (data.condition ?? hypothesis.dataFile).location,
            weightLocation: data.weight?.location)
        datasets[key] = dataset
        return dataset
    }

    /// A transformer reads nothing but tokens; what another graph reads depends on what is measured.
    private mutating func bind(
        _ checkpoint: Checkpoint, _ hypothesis: Hypothesis, _ dataset: Dataset
    ) throws -> BoundCheckpoint {
        let key = Binding(folder: checkpoint.folder, data: Data(hypothesis), tokens: hypothesis.data.tokens.value)
        if let known = bound[key] { return known }
        let made = try Experiment.bind(checkpoint, hypothesis, dataset)
        if case .transformer = checkpoint.configuration { bound[key] = made }
        return made
    }

    private mutating func feature(
        _ text: String, named: [String: String], _ hypothesis: Hypothesis, _ dataset: Dataset,
        _ location: SourceLocation?
    ) throws -> Feature {
        let key = Definition(data: Data(hypothesis), text: text, named: named)
        if let known = features[key] { return known }
        let feature = try dataset.feature(text, named: named, location: location)
        features[key] = feature
        return feature
    }
}
