import ScrubCore
import ScrubGraph
import ScrubHypothesis
import ScrubModels
import ScrubOps
import ScrubPlan
import ScrubPlanner
import Testing

/// What lowering makes of claims about a deep model: the plain model once, and for each claim what is its own.
@Suite struct LoweringTests {
    /// Layers of components, each a relu of the sum of all below it.
    private func graph(layers: Int, width: Int) throws -> Graph {
        var graph = Graph()
        let (positions, model) = (Axis(.position, 2), Axis(.model, 2))
        let tokens = try graph.add(source: .column("tokens"), named: "tokens", type: ValueType([positions], .int32))
        let table = try graph.add(
            source: .weight("E", slice: nil), named: "E", type: ValueType([Axis(.vocabulary, 4), model]))
        var stream = [try graph.add(.embed(Embed()), [tokens, table], named: "embed", isComponent: true)]
        for layer in 0...layers {
            let names = layer == layers ? ["out"] : (0..<width).map { "a\(layer).h\($0)" }
            stream += try names.map { name in
                let input = try graph.add(.sum(Sum()), stream, named: "\(name).input")
                return try graph.add(.activation(Activation(.relu)), [input], named: name, isComponent: true)
            }
        }
        graph.setOutput(stream[stream.count - 1])
        return graph
    }

    /// Claims on every component of the last layer, and below each on every component of the layer before.
    private func hypothesis(layers: Int, width: Int) throws -> PlannedHypothesis {
        var graph = try graph(layers: layers, width: width)
        let interpretation = Interpretation("deep", others: .random, output: "out") {
            for head in 0..<width {
                Claim("a\(layers - 1).h\(head)", same: "x") {
                    for below in 0..<width { Claim("a\(layers - 2).h\(below)", same: "y") }
                }
            }
        }
        let tree = try interpretation.treeify(on: graph).tree
        let form = BehaviourForm(measure: .squaredError, positions: nil, target: .column("labels"))
        let behaviour = try form.add(to: &graph)
        return PlannedHypothesis(tree: tree, graph: graph, behaviours: [behaviour])
    }

    private func lowered(layers: Int, width: Int, gathering: Bool) throws -> Plan {
        try lower([hypothesis(layers: layers, width: width)], LoweringOptions(gathersPlainValues: gathering)).plan
    }

    /// A layer more is a layer of the plain model more, for all claims together.
    @Test func aDeeperModelIsComputedOnce() throws {
        let steps = try (3..<8).map { try lowered(layers: $0, width: 4, gathering: true).steps.count }
        #expect(zip(steps, steps.dropFirst()).allSatisfy { $1 - $0 == 8 })
    }

    /// A claim takes its own row, not those of all that its parent reads.
    @Test func anotherClaimAddsWhatItReads() throws {
        let plan = try lowered(layers: 6, width: 5, gathering: true)
        try plan.verify()
        // Of each claim below, one; of each claim with children and of the output, the others in one.
        let gathers = plan.steps.count { if case .gather = $0.op { true } else { false } }
        #expect(gathers == 25 + 5 + 1 + 1)
    }

    /// What is gathered is what would have been computed: the same work of the treeified hypothesis.
    @Test func bothFormsCostTheSameTreeified() throws {
        for (layers, width) in [(2, 1), (3, 2), (4, 3)] {
            let plain = try lowered(layers: layers, width: width, gathering: false)
            let gathering = try lowered(layers: layers, width: width, gathering: true)
            let cost = plain.cost(datasetRows: 3, replicates: 7, workers: 1).operations
            #expect(plain.treeifiedOperations(datasetRows: 3, replicates: 7) == cost)
            #expect(gathering.treeifiedOperations(datasetRows: 3, replicates: 7) == cost)
        }
    }

    /// Both are the same plan once it is optimised.
    @Test func bothFormsAreOptimisedToOnePlan() throws {
        let planner = Planner(limits: DeviceLimits(memory: 1 << 30, workers: 1, preferredArena: 1 << 20))
        for (layers, width) in [(2, 1), (3, 2), (4, 3)] {
            let counts = try [false, true].map { gathering in
                let plan = try lowered(layers: layers, width: width, gathering: gathering)
                let stages = try planner.stages(plan, datasetRows: 10, replicates: 10)
                return Dictionary(grouping: stages.last?.plan.steps ?? []) { $0.op.name }.mapValues(\.count)
            }
            #expect(counts[0] == counts[1])
        }
    }
}
