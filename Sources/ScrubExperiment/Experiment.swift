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
    public private(set) var model: Model
    /// What is measured, the hypothesis's own first.
    public let behaviours: [Behaviour]
    /// How far the output lies from the model's, where the first behaviour reads it.
    let distance: OutputDistance
    public internal(set) var tree: ScrubTree
    /// By text, every feature that a draw is conditioned on.
    public let features: [String: Feature]
    /// By name, samplers of the program's own, which conditions name like features.
    public let samplers: [String: any DatumSampler]

    public var graph: Graph { model.graph }
    public var behaviour: Behaviour { behaviours[0] }

    /// Reads a hypothesis file and all it names.
    ///
    /// - Throws: a `Diagnostic` that says what is wrong, where, and what was expected.
    public init(contentsOf path: String) throws { try self.init(HypothesisFile.read(path)) }

    /// - Throws: a `Diagnostic`, as above.
    public init(_ hypothesis: Hypothesis) throws {
        var reader = ExperimentReader()
        self = try reader.experiment(hypothesis)
    }

    /// A hypothesis on what was read of it.
    ///
    /// - Parameter feature: evaluates a feature; errors point at the location.
    init(
        _ hypothesis: Hypothesis, _ checkpoint: Checkpoint, _ dataset: Dataset, _ bound: BoundCheckpoint,
        feature: FeatureEvaluation
    ) throws {
        let measured = try Behaviours(hypothesis, dataset, sequence: bound.sequence, logits: bound.logits)
        var model = Model(
            graph: bound.graph, columns: measured.columns.merging(bound.columns) { _, column in column },
            statistics: measured.statistics, files: Self.files(hypothesis, checkpoint)
        ) { name, slice in try checkpoint.weight(name, slice: slice) }
        model.origin = checkpoint.folder
        var rewriting = Rewriting(hypothesis, dataset)
        try rewriting.apply(to: &model)
        let behaviours = try Self.naming(checkpoint) { () throws(GraphError) in try measured.add(to: &model.graph) }
        try self.init(
            hypothesis.claims(on: model.graph), of: model, on: dataset, measuring: behaviours, samplers: [:],
            feature: feature)
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
        try self.init(
            interpretation, of: model, on: dataset, measuring: [behaviour] + further, samplers: samplers
        ) { text, named, location in try dataset.feature(text, named: named, location: location) }
    }

    /// The value of a feature's text on D, given what names in it stand for and where it was written.
    typealias FeatureEvaluation = (_ text: String, [String: String], SourceLocation?) throws -> Feature

    private init(
        _ interpretation: Interpretation, of model: Model, on dataset: Dataset, measuring behaviours: [Behaviour],
        samplers: [String: any DatumSampler], feature: FeatureEvaluation
    ) throws {
        try model.check(rows: dataset.count)
        self.behaviours = behaviours
        let behaviour = behaviours[0]
        for behaviour in behaviours { try model.check(behaviour) }
        for (place, behaviour) in behaviours.enumerated()
        where behaviours[..<place].contains(where: { $0.metric == behaviour.metric }) {
            throw ExperimentError.metricTwice(behaviour.metric)
        }
        self.interpretation = interpretation
        self.dataset = dataset
        self.model = model
        distance = try OutputDistance(of: behaviour.read, isDistribution: behaviour.readsLogits, in: &self.model.graph)
        self.samplers = samplers
        let treeified = try interpretation.treeify(on: self.model.graph)
        tree = behaviours.contains { $0.baseline == .sampled } ? treeified.tree.drawingBaseline() : treeified.tree
        features = try Self.features(of: interpretation, treeified.claims, besides: samplers, feature)
        try Self.check(treeified, features, dataset)
    }

    /// Every feature that a claim names, evaluated; errors point at the claim.
    private static func features(
        of interpretation: Interpretation, _ claims: [Claim], besides samplers: [String: any DatumSampler],
        _ feature: FeatureEvaluation
    ) throws -> [String: Feature] {
        let named = interpretation.features.mapValues(\.value)
        var features: [String: Feature] = [:]
        func evaluate(_ text: String, _ location: SourceLocation) throws {
            let expression = named[text] ?? text
            if features[expression] == nil && samplers[expression] == nil {
                features[expression] = try feature(text, named, location)
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
            _ = try feature(name, named, definition.location)
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
