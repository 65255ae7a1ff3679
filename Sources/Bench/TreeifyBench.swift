import ArgumentParser
import Scrubjay

/// Seconds from a hypothesis to the plan that is run, by number of claims.
struct TreeifyBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "treeify",
        abstract: "Seconds to treeify, lower and optimise hypotheses of many claims about a deep transformer.")

    @Option(parsing: .upToNextOption, help: "Numbers of claims, about.")
    var claims = [100, 300, 1000, 3000, 10_000]

    @Option(help: "Layers of the model.")
    var layers = 48

    @Option(help: "Heads of each layer.")
    var heads = 25

    @Flag(help: "Leave the passes out.")
    var skipPasses = false

    @Flag(help: "Treeify alone.")
    var skipLowering = false

    @OptionGroup var repeats: RepeatOptions

    mutating func run() throws {
        var model: LayeredModel?
        let graph = try repeats.seconds { model = try LayeredModel(layers: layers, heads: heads) }
        guard let model else { return }
        Measurement(name: "treeify/graph", value: graph, unit: "s").report()
        for count in claims { try measure(model, claims: count) }
    }

    private func measure(_ model: LayeredModel, claims count: Int) throws {
        // Those of the CPU engine, which weighs what to keep.
        let limits = DeviceLimits(memory: 16 << 30, workers: 2, preferredArena: 2 << 20, operationsPerByte: 50)
        let interpretation = model.interpretation(claims: count)
        var (treeifying, lowering, optimising): ([Double], [Double], [Double]) = ([], [], [])
        var (made, steps, planned) = (0, 0, 0)
        for _ in 0..<repeats.times {
            var (tree, plan) = (ScrubTree(claims: [], tables: []), Plan())
            treeifying.append(try elapsed { tree = try interpretation.treeify(on: model.graph).tree })
            if skipLowering {
                made = tree.claims.count
                continue
            }
            lowering.append(
                try elapsed { plan = try lower([model.planned(tree)], LoweringOptions(gathersPlainValues: true)).plan })
            (made, steps) = (tree.claims.count, plan.steps.count)
            if skipPasses { continue }
            optimising.append(
                try elapsed {
                    planned =
                        try Planner(limits: limits).stages(plan, datasetRows: 1000, replicates: 4000).last?.plan.steps
                        .count ?? 0
                })
        }
        func report(_ what: String, _ seconds: [Double]) {
            Measurement(name: "treeify/\(count)/\(what)", value: seconds.median, unit: "s").report()
        }
        Measurement(name: "treeify/\(count)/claims", value: Double(made), unit: "claims").report()
        report("treeify", treeifying)
        report("lower", lowering)
        Measurement(name: "treeify/\(count)/lowered", value: Double(steps), unit: "steps").report()
        if skipPasses { return }
        report("passes", optimising)
        Measurement(name: "treeify/\(count)/planned", value: Double(planned), unit: "steps").report()
    }
}
