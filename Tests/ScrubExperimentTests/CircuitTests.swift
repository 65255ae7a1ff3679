import Foundation
import ScrubCore
import ScrubExperiment
import ScrubGraph
import ScrubHypothesis
import ScrubPlan
import ScrubStatistics
import Testing

@Suite struct CircuitTests {
    /// Every edge that circuit files of the model list.
    private func allEdges(of experiment: Experiment) -> [Circuit.Edge] {
        Circuit(experiment.tree, on: experiment.graph).edges.sorted { ($0.reader, $0.source) < ($1.reader, $1.source) }
    }

    private func everything(_ small: SmallTransformer) throws -> Experiment {
        try small.experiment("interpretation: {inputs: {input: {}}}")
    }

    private func circuit(_ circuit: Circuit, _ small: SmallTransformer, on graph: Graph, _ more: String = "") throws
        -> Experiment
    {
        try small.write("c.json", circuit.json(on: graph))
        return try small.experiment("circuit: c.json\n\(more)")
    }

    @Test func whatIsExportedIsImported() throws {
        try SmallTransformer.with { small in
            let whole = try everything(small)
            let edges = allEdges(of: whole)
            // 1 + 3 × 2 + 3 + 4 × 6 + 6 + 7: embed to heads, then MLPs, heads, MLP and logits with ever more sources.
            #expect(edges.count == 6 + 3 + 24 + 6 + 7)
            var numbers = SystemRandomNumberGenerator()
            for share in [0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0] {
                let some = edges.filter { _ in Double.random(in: 0..<1, using: &numbers) < share }
                let nodes = Set(some.flatMap { [$0.source, whole.graph.component(of: $0.reader)] })
                let circuit = Circuit(nodes: nodes.subtracting([whole.graph.output]), edges: Set(some))
                let read = try self.circuit(circuit, small, on: whole.graph)
                #expect(try Circuit(contentsOf: small.path("c.json"), on: whole.graph) == circuit)
                #expect(Circuit(read.tree, on: read.graph) == circuit.pruned(on: whole.graph))
                #expect(Data(read.circuitJSON.utf8) == Data(circuit.pruned(on: whole.graph).json(on: whole.graph).utf8))
                // Nodes, their parts and masks: each is claimed once however many read it.
                #expect(read.tree.claims.count <= 8 + 4 * 3 + 4)
            }
        }
    }

    @Test func allEdgesAreTheModelAndNoneAnyDatum() throws {
        try SmallTransformer.with { small in
            let model = try everything(small)
            let options = RunOptions(samples: 40, backend: .cpu, threads: 1)
            let whole = try circuit(Circuit(model.tree, on: model.graph), small, on: model.graph)
            let scrubbed = try whole.run(options).scrubbed
            #expect(try scrubbed == model.run(options).scrubbed)
            #expect(try whole.run(exact).report.figures[0].recovered?.mean == 1)

            let empty = try circuit(Circuit(), small, on: model.graph)
            #expect(
                try empty.run(options).scrubbed == small.experiment("interpretation: {same: any}").run(options).scrubbed
            )
            let nothing = try #require(empty.run(exact).report.figures[0].recovered)
            #expect(abs(nothing.mean) < 1e-6, "\(nothing.mean)")
        }
    }

    private var exact: RunOptions { RunOptions(backend: .cpu, threads: 1, isExact: true) }

    /// A circuit is the hypothesis that one would write by hand.
    @Test func aCircuitIsItsClaims() throws {
        try SmallTransformer.with { small in
            let graph = try everything(small).graph
            func number(_ name: String) throws -> Int { try #require(graph.number(of: name)) }
            let edges = [
                ("m1", "logits"), ("a0.h1", "m1"), ("embed", "a0.h1<v>"), ("embed", "a0.h1<q>"), ("embed", "m1"),
            ]
            let circuit = Circuit(
                nodes: Set(try ["embed", "a0.h1", "m1"].map(number)),
                edges: Set(try edges.map { Circuit.Edge(source: try number($0), reader: try number($1)) }))
            let read = try self.circuit(circuit, small, on: graph)
            let written = """
                interpretation:
                  inputs:
                    m1:
                      inputs:
                        embed: {shared: true}
                        a0.h1: {inputs: {q: {inputs: {embed: {}}}, v: {inputs: {embed: {}}}, mask: {}}}
                defaults: {others: {together: circuit}}
                """
            let run = RunOptions(samples: 30, backend: .cpu, threads: 1)
            #expect(try read.run(run).scrubbed == small.experiment(written).run(run).scrubbed)
            #expect(read.tree.tables.map(\.key) == ["reference", "together/circuit"])
            let alone = try self.circuit(circuit, small, on: graph, "defaults: {others: random}")
            #expect(alone.tree.tables.count > 2)
        }
    }

    @Test(arguments: [
        (
            "\"m1\": {\"in_graph\": true}", "\"m9\": {\"in_graph\": true}",
            "no node \"m9\" in \"nodes\", perhaps m0, m1; nodes are input, a0.h0 to a1.h1, m0 to m1, logits"
        ),
        ("\"n_layers\": 2", "\"n_layers\": 12", "\"cfg.n_layers\" is 12; the model has 2"),
        ("\"d_model\": 4, ", "", "the circuit has no \"cfg.d_model\""),
        ("\"d_model\": 4", "\"d_model\": \"4\"", "\"cfg.d_model\" is a string, expected an integer"),
        (
            "parallel_attn_mlp\": false", "parallel_attn_mlp\": true",
            "\"cfg.parallel_attn_mlp\" is true, expected false: MLPs here read the heads beside them"
        ),
        ("\"nodes\"", "\"nods\"", "the circuit has no \"nodes\""),
        (
            "input->m1\"", "inputs->m1\"",
            "no node \"inputs\" in \"edges\", perhaps input; nodes are input, a0.h0 to a1.h1, m0 to m1, logits"
        ),
        (
            "input->a1.h0<q>", "input->a1.h0",
            "no node \"a1.h0\" in \"edges\", perhaps a1.h0<q>, a1.h0<k>, a1.h0<v>; nodes are input, a0.h0 to a1.h1, m0 to m1, logits"
        ),
        (
            "m0->a1.h0<q>", "m1->a1.h0<q>",
            "the edge \"m1->a1.h0<q>\": \"a1.h0<q>\" does not read \"m1\"; it reads input, a0.h0, a0.h1, m0"
        ),
        ("input->m1\"", "input\"", "\"edges\" is \"input\", expected edges such as \"input->m0\" or \"m0->a1.h0<q>\""),
        (
            "\"a0.h1\": {\"in_graph\": true}", "\"a0.h1\": false",
            "the edge \"input->a0.h1<q>\" is in the circuit, its node \"a0.h1\" is not"
        ),
        ("\"a0.h1\": {\"in_graph\": true}", "\"a0.h1\": {}", "the circuit has no \"nodes.a0.h1.in_graph\""),
        (
            "\"a0.h1\": {\"in_graph\": true}", "\"a0.h1\": 1",
            "\"nodes.a0.h1\" is an integer, expected true, false or an object with \"in_graph\""
        ),
        (
            "\"m0\": {\"in_graph\": true}", "\"m0\": {\"in_graph\": true, \"neurons\": [true, false]}",
            "\"nodes.m0.neurons\" is a part of them, expected all of them: claims are on whole activations"
        ),
    ])
    func faultsAreNamed(_ old: String, _ new: String, _ message: String) throws {
        try SmallTransformer.with { small in
            let model = try everything(small)
            let text = Circuit(model.tree, on: model.graph).json(on: model.graph)
            try small.write("c.json", text.replacing(old, with: new, maxReplacements: 1))
            #expect(small.complaint { try small.experiment("circuit: c.json") } == "c.json: \(message)")
        }
    }

    @Test func aCircuitStandsAlone() throws {
        try SmallTransformer.with { small in
            try small.write("c.json", Circuit().json(on: everything(small).graph))
            #expect(
                small.complaint { try small.experiment("circuit: c.json\ninterpretation: {same: any}") }
                    == "h.yaml:5:17: \"interpretation\" is given beside \"circuit\", expected one of the two")
            #expect(
                small.complaint { try small.experiment("circuit: c.json\ndefaults: {others: each}") }
                    == "c.json: no edge of the circuit leads from the input to logits; with others exact or each nothing is "
                    + "left to draw")
            #expect(small.complaint { try small.experiment("circuit: d.json") } == "d.json: no such file")
        }
    }
}

extension Graph {
    /// The component that a part belongs to.
    fileprivate func component(of node: Int) -> Int {
        nodes[node].isComponent
            ? node : number(of: nodes[node].name.split(separator: ".").dropLast().joined(separator: ".")) ?? node
    }
}
