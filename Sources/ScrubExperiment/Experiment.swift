internal import Foundation
internal import ScrubCore
public import ScrubData
public import ScrubGraph
public import ScrubHypothesis
internal import ScrubModels
internal import ScrubOps

/// A hypothesis with everything it speaks of: its data, its model as a graph, its features as class indexes, its
/// claims treeified. All of it is checked; what is left is to plan and run.
public struct Experiment: Sendable {
    public let interpretation: Interpretation
    public let dataset: Dataset
    public let model: Model
    public let behaviour: Behaviour
    /// All that is measured: the behaviour, then the further ones.
    public let behaviours: [Behaviour]
    public let tree: ScrubTree
    /// By text, every feature that a draw is conditioned on.
    public let features: [String: Feature]
    /// By name, samplers of the program's own, which conditions name like features.
    public let samplers: [String: any DatumSampler]

    public var graph: Graph { model.graph }

    /// Reads a hypothesis file and all it names.
    ///
    /// - Throws: a `Diagnostic` that says what is wrong, where, and what was expected.
    public init(contentsOf path: String) throws { try self.init(HypothesisFile.read(path)) }

    /// - Throws: a `Diagnostic`, as above.
    public init(_ hypothesis: Hypothesis) throws {
        let checkpoint = try Self.checkpoint(hypothesis)
        let data = hypothesis.data
        let dataset = try Dataset.read(
            hypothesis.resolve(data.file.value), where: data.condition?.value, weight: data.weight?.value,
            location: (data.condition ?? data.file).location, weightLocation: data.weight?.location)
        let configuration = checkpoint.configuration
        let tokens = try Self.tokens(dataset, data.tokens, vocabulary: configuration.vocabulary)
        let sequence = tokens.sizes[1]
        guard sequence <= configuration.positions else {
            throw ExperimentError.tooLong(
                data.tokens.location, column: data.tokens.value, positions: sequence, limit: configuration.positions)
        }
        let measured = try Behaviours(hypothesis, dataset, sequence: sequence, logits: configuration.logits)
        var model = Model(
            graph: try Transformer.graph(of: checkpoint, tokens: Self.tokensColumn, positions: sequence),
            columns: measured.columns.merging([InputSource.column(Self.tokensColumn): tokens]) { _, tokens in tokens },
            statistics: measured.statistics, files: Self.files(hypothesis, checkpoint)
        ) { name, slice in try checkpoint.weight(name, slice: slice) }
        var rewriting = Rewriting(hypothesis, dataset)
        try rewriting.apply(to: &model)
        let behaviours = try measured.add(to: &model.graph)
        try self.init(
            hypothesis.claims(on: model.graph), of: model, on: dataset, measuring: behaviours[0],
            also: Array(behaviours.dropFirst()))
    }

    /// Any computation: a graph made by hand, with the behaviour's nodes in it.
    ///
    /// - Parameters:
    ///   - interpretation: the claims.
    ///   - model: the graph and what it binds.
    ///   - dataset: D.
    ///   - behaviour: what is measured; its nodes are in the model's graph.
    ///   - further: what is measured besides, each under a metric of its own.
    ///   - samplers: how to draw a datum `same` as its parent's in a name that is no feature.
    /// - Throws: a `Diagnostic`: a column that is not bound or of another shape, and what `treeify` and the features
    ///   throw.
    public init(
        _ interpretation: Interpretation, of model: Model, on dataset: Dataset, measuring behaviour: Behaviour,
        also further: [Behaviour] = [], samplers: [String: any DatumSampler] = [:]
    ) throws {
        try model.check(rows: dataset.count)
        behaviours = [behaviour] + further
        for behaviour in behaviours { try model.check(behaviour) }
        for (place, behaviour) in behaviours.enumerated()
        where behaviours[..<place].contains(where: { $0.metric == behaviour.metric }) {
            throw ExperimentError.metricTwice(behaviour.metric)
        }
        self.interpretation = interpretation
        self.dataset = dataset
        self.model = model
        self.behaviour = behaviour
        self.samplers = samplers
        let treeified = try interpretation.treeify(on: model.graph)
        tree = behaviours.contains { $0.baseline == .sampled } ? treeified.tree.drawingBaseline() : treeified.tree
        features = try Self.features(of: interpretation, treeified.claims, dataset, besides: samplers)
        try Self.check(treeified, features, dataset)
    }

    /// A folder that is none is the hypothesis's mistake, and is reported there.
    private static func checkpoint(_ hypothesis: Hypothesis) throws -> Checkpoint {
        let path = hypothesis.resolve(hypothesis.model.value)
        do {
            return try Checkpoint(folder: path)
        } catch let error as ModelError where error.isAboutTheFolder {
            throw ExperimentError.model(hypothesis.model.location, path: path, error)
        }
    }

    /// The name under which a plan binds the tokens, whatever column they come from.
    static let tokensColumn = "tokens"

    private static func tokens(
        _ dataset: Dataset, _ name: Located<String>, vocabulary: Int
    ) throws(ExperimentError) -> HostTensor {
        guard let column = dataset[column: name.value] else {
            throw .unknownColumn(
                name.location, name: name.value, known: dataset.columns.map(\.name), role: "the tokens")
        }
        guard case .integerArrays(let width, let values) = column.values, width > 0 else {
            throw .notTokens(name.location, column: name.value, found: column.kind)
        }
        if let bad = values.firstIndex(where: { !(0..<Int64(vocabulary)).contains($0) }) {
            throw .token(
                name.location, column: name.value, row: dataset.fileRow(bad / width) + 1, position: bad % width,
                value: Int(clamping: values[bad]),
                vocabulary: vocabulary)
        }
        return HostTensor([dataset.count, width], values.map { Int32(truncatingIfNeeded: $0) })
    }

    /// Every feature that a claim names, evaluated; errors point at the claim.
    private static func features(
        of interpretation: Interpretation, _ claims: [Claim], _ dataset: Dataset,
        besides samplers: [String: any DatumSampler]
    ) throws -> [String: Feature] {
        let named = interpretation.features.mapValues(\.value)
        var features: [String: Feature] = [:]
        func evaluate(_ text: String, _ location: SourceLocation) throws {
            let expression = named[text] ?? text
            if features[expression] == nil && samplers[expression] == nil {
                features[expression] = try dataset.feature(text, named: named, location: location)
            }
        }
        for claim in claims {
            if case .feature(let text) = claim.same.value { try evaluate(text, claim.same.location) }
            if let others = claim.others, case .same(let text) = others.value { try evaluate(text, others.location) }
        }
        if case .same(let text) = interpretation.others {
            try evaluate(text, SourceLocation(file: interpretation.name))
        }
        for (name, definition) in interpretation.features.sorted(by: { $0.key < $1.key })
        where features[definition.value] == nil {
            // No claim reads it, but what it says must be sense all the same.
            _ = try dataset.feature(name, named: named, location: definition.location)
        }
        return features
    }

    /// Throws where a claim that is drawn once is not, on D, one that each of its parents permits.
    private static func check(_ treeified: Treeified, _ features: [String: Feature], _ dataset: Dataset) throws {
        for agreement in treeified.tree.agreements {
            guard let number = treeified.tree.claims.firstIndex(where: { $0.path == agreement.claim }) else { continue }
            guard let shared = features[agreement.feature]?.classes,
                agreement.given.map({ features[$0] != nil }) ?? true
            else {
                throw ExperimentError.sharedSampler(
                    treeified.claims[number].location, node: treeified.claims[number].name, between: agreement.between)
            }
            let given = agreement.given.flatMap { features[$0]?.classes } ?? dataset.everyRow
            guard let (first, second) = given.conflict(with: shared) else { continue }
            throw ExperimentError.shared(
                treeified.claims[number].location, node: treeified.claims[number].name, feature: agreement.feature,
                between: agreement.between, given: agreement.given,
                rows: [first, second].map {
                    "row \(dataset.fileRow(Int($0)) + 1) (\(dataset.text(row: Int($0))))"
                })
        }
    }

    /// What a reader of any figure should know of the features, a line each.
    public var warnings: [String] {
        features.sorted { $0.key < $1.key }.flatMap { $0.value.warnings.map(\.description) }
    }
}
