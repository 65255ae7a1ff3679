internal import ScrubCore
internal import ScrubData
internal import ScrubGraph
internal import ScrubHypothesis
internal import ScrubOps
internal import ScrubPlan
internal import ScrubPlanner

/// Hypotheses that one plan holds: on one dataset, and on graphs in which a source of one name has one value. What they
/// have in common, and that is the plain model above all, is then computed once.
struct Joint {
    /// At least one.
    private(set) var members: [Experiment]
    /// By source, the member that binds it.
    private var owners: [InputSource: Int]

    init(_ experiment: Experiment) {
        members = [experiment]
        owners = Dictionary(experiment.sources.map { ($0, 0) }) { first, _ in first }
    }

    var dataset: Dataset { members[0].dataset }

    /// Adds a hypothesis, if it can be of one plan with the others under `options`.
    ///
    /// An ablation's means are of one graph's nodes, enumerated draws and those of a replay are one hypothesis's, and a
    /// number of samples that depends on a figure is too.
    ///
    /// - Returns: whether it was added.
    mutating func add(_ experiment: Experiment, _ options: RunOptions) throws -> Bool {
        guard options.ablation == .resample, !options.isExact, options.replay == nil, options.plan == nil,
            options.width == nil, members[0].isModelExact(options), experiment.isModelExact(options),
            experiment.model.origin != nil, experiment.model.origin == members[0].model.origin,
            experiment.dataset.hasRows(of: dataset), experiment.samplers.isEmpty, members[0].samplers.isEmpty
        else { return false }
        for source in experiment.sources {
            guard let owner = owners[source] else { continue }
            guard try isSame(source, members[owner].model, experiment.model) else { return false }
        }
        for source in experiment.sources where owners[source] == nil { owners[source] = members.count }
        members.append(experiment)
        return true
    }

    /// Whether a source has one value in two models of one checkpoint.
    private func isSame(_ source: InputSource, _ a: Model, _ b: Model) throws -> Bool {
        switch source {
        case .column: return a.columns[source] == b.columns[source]
        case .statistic: return a.statistics[source] == b.statistics[source]
        case .weight(let name, let slice), .transposedWeight(let name, let slice):
            // Of those that rewrites add, the name says too little.
            return try !name.hasPrefix(Rewritten.prefix) || a.weight(name, slice) == b.weight(name, slice)
        }
    }

    /// Every column that the graphs read, as the rows of D have it.
    var columns: [InputSource: HostTensor] {
        members.reduce(into: [:]) { $0.merge($1.model.columns) { first, _ in first } }
    }

    /// By text, every feature that a draw is conditioned on.
    var features: [String: Feature] {
        members.reduce(into: [:]) { $0.merge($1.features) { first, _ in first } }
    }

    /// The model that binds a source.
    func model(of source: InputSource) -> Model { members[owners[source.stored] ?? 0].model }

    /// The plan before any pass, and by member which of its tables are the member's.
    ///
    /// - Parameter gathers: whether the plain model's values are gathered from the start; unless given, where the plan is
    ///   to be optimised.
    func lowered(_ options: RunOptions, gathersPlainValues gathers: Bool? = nil) throws -> JointPlan {
        try lower(
            members.map {
                PlannedHypothesis(
                    tree: $0.tree, graph: $0.graph, behaviours: $0.behaviours,
                    distance: options.measuresDistance ? $0.distance : nil)
            },
            LoweringOptions(
                keepsOutputs: options.keepsOutputs, ablation: options.ablation,
                ablationClasses: try Replacements(members[0], options.ablation)?.classes.classCount ?? 1,
                gathersPlainValues: gathers ?? options.optimises))
    }

    /// The sampler of the tables of a joint plan.
    func sampler(_ tables: [Table], seed: UInt64) throws(SamplingError) -> Sampler {
        var samplers: [String: any DatumSampler] = features.mapValues(\.classes)
        for member in members { samplers.merge(member.samplers) { _, own in own } }
        return try Sampler(tables: tables, features: samplers, everything: dataset.everyRow, seed: seed)
    }
}

extension Experiment {
    /// Everything that the graph binds.
    fileprivate var sources: [InputSource] {
        graph.nodes.compactMap { if case .source(let source) = $0.kind { source } else { nil } }
    }
}
