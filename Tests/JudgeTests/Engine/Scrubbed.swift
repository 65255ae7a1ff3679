import ScrubCore
import ScrubData
import ScrubGraph
import ScrubHypothesis
import ScrubModels
import ScrubOps
import ScrubPlan
import ScrubPlanner

/// A case as the project's own modules see it, from files to the plain plan and its bindings.
struct Scrubbed {
    let tree: ScrubTree
    /// As lowered, before any pass.
    let plan: Plan
    let bindings: Bindings
    let sampler: Sampler
    /// The hypothesis as it was read from its file.
    let hypothesis: Hypothesis

    /// Reads the case back from files and binds it.
    ///
    /// - Parameter breaking: a defect to put in.
    init(_ judged: JudgeCase, in folder: String, breaking: Breakage = .none) throws {
        try judged.write(to: folder)
        hypothesis = try HypothesisFile.read(folder + "/hypothesis.yaml")
        let statement = hypothesis.data
        let dataset = try Dataset.read(
            hypothesis.resolve(statement.file.value), where: statement.condition?.value,
            weight: statement.weight?.value,
            location: nil)
        let checkpoint = try Checkpoint(folder: hypothesis.resolve(hypothesis.model.value))
        var graph = try Transformer.graph(of: checkpoint, tokens: statement.tokens.value, positions: judged.positions)
        tree = breaking.tree(try hypothesis.claims.treeify(on: graph).tree, graph)
        let behaviour = try judged.form.add(to: &graph)
        let judge = judged.ablation == .resample ? nil : try Judge(judged)
        let options = LoweringOptions(
            keepsOutputs: true, keepsModelOutputs: true, ablation: judged.ablation,
            ablationClasses: judge?.replacements?.values[0].count ?? 1,
            gathersPlainValues: judged.seed % 2 == 1)
        let judgedHypothesis = PlannedHypothesis(tree: tree, graph: graph, behaviours: [behaviour])
        plan = breaking.plan(try lower([judgedHypothesis], options).plan)
        sampler = try Scrubbed.sampler(tree, dataset, seed: judged.seed)

        var inputs = judged.labelBindings
        if let judge { inputs.merge(Scrubbed.replacements(judge, in: graph)) { first, _ in first } }
        inputs[.column("tokens")] = Scrubbed.tokens(dataset)
        for input in plan.inputs {
            if case .weight(let name, let slice) = input.source {
                let weight = try checkpoint.weight(name, slice: slice)
                inputs[input.source] = weight
                if weight.sizes.count == 2 {
                    inputs[.transposedWeight(name, slice: slice)] = weight.transposed
                }
            }
        }
        bindings = Bindings(
            datasetRows: dataset.count, replicates: judged.replicates, inputs: inputs,
            tables: try sampler.draw(0..<judged.replicates))
    }

    /// The sampler of a tree's tables over a dataset, under any seed.
    static func sampler(_ tree: ScrubTree, _ dataset: Dataset, seed: UInt64) throws -> Sampler {
        var features: [String: ClassIndex] = [:]
        for case let text? in tree.tables.map(\.feature) where features[text] == nil {
            features[text] = try dataset.feature(text, named: [:], location: nil).classes
        }
        return try Sampler(tables: tree.tables, features: features, everything: dataset.everyRow, seed: seed)
    }

    /// What an ablation puts in place of nodes, as the judge reckons it.
    private static func replacements(_ judge: Judge, in graph: Graph) -> [InputSource: HostTensor] {
        guard let replacements = judge.replacements else { return [:] }
        var inputs = [Ablation.classes: HostTensor([replacements.classes.count], replacements.classes.map(Int32.init))]
        for (site, values) in zip(judge.transformer.sites, replacements.values) {
            guard let number = graph.number(of: site.name) else { continue }
            inputs[.statistic(Ablation.replacement + site.name)] = HostTensor(
                [values.count] + graph.nodes[number].type.shape.axes.map(\.count),
                values.flatMap { $0.values.map(Float.init) })
        }
        return inputs
    }

    private static func tokens(_ dataset: Dataset) -> HostTensor? {
        guard case .integerArrays(let width, let values)? = dataset[column: "tokens"]?.values else { return nil }
        return HostTensor([dataset.count, width], values.map { Int32($0) })
    }

    /// The plan after the passes, or with chunks alone.
    func planned(optimised: Bool, memory: Int = 1 << 30) throws -> Plan {
        let limits = DeviceLimits(memory: memory, workers: 2, preferredArena: 1 << 20)
        let planner = Planner(limits: limits, optimises: optimised)
        let stages = try planner.stages(plan, datasetRows: bindings.datasetRows, replicates: bindings.replicates)
        return stages.last?.plan ?? plan
    }

    /// The plans that must all give the same: all passes off, all on, and the one that must do without hoisting for
    /// want of memory, where there is a limit between the two.
    func plans() throws -> [(name: String, plan: Plan)] {
        let passed = try planned(optimised: true)
        var plans = [("passes off", try planned(optimised: false)), ("passes on", passed)]
        var least = passed
        least.chunks = Chunks(dataset: 1, replicates: 1)
        let resident = least.residentBytes(datasetRows: bindings.datasetRows, replicates: bindings.replicates)
        if let tight = try? planned(optimised: true, memory: resident + 2 * least.arenaBytes - 1) {
            plans.append(("passes on, little memory", tight))
        }
        return plans
    }

    /// The row that each draw took in a replicate, by the draw's name.
    func rows(replicate: Int) -> [String: Int] {
        let keyed = zip(plan.tables, bindings.tables).map { ($0.key, Int($1[replicate])) }
        return Dictionary(uniqueKeysWithValues: keyed)
    }
}
