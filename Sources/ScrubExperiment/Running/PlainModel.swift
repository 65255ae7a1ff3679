internal import ScrubCore
internal import ScrubGraph
internal import ScrubPlan
internal import ScrubPlanner

/// Values of a graph's nodes on rows of D: the plain model, planned and prepared once.
struct PlainModel {
    let experiment: Experiment
    let names: [String]
    let plan: Plan
    let prepared: any PreparedPlan

    init(_ experiment: Experiment, _ graph: Graph, _ nodes: [Int], rows: Int, _ engine: Engine) throws {
        self.experiment = experiment
        names = nodes.map { graph.nodes[$0].name }
        var different: [Int] = []
        for node in nodes where !different.contains(node) { different.append(node) }
        plan =
            try Planner(limits: engine.limits).stages(
                try lower(different, of: graph), datasetRows: rows, replicates: 1
            ).last?.plan ?? Plan()
        // Of several devices one will do: there are no replicates to share.
        prepared = try engine.backends[0].prepare(plan)
    }

    /// By node, its values on those rows.
    func values(on rows: [Int32]) throws -> [[Float]] {
        let bindings = Bindings(
            datasetRows: rows.count, replicates: 1, inputs: try experiment.inputs(of: plan, rows: rows), tables: [[0]])
        try bindings.check(against: plan)
        let roots = try prepared.run(bindings).roots
        return names.map { roots[$0]?.floats ?? [] }
    }
}
