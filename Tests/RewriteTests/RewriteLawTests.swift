import ScrubCore
import ScrubExperiment
import ScrubGraph
import ScrubOps
import ScrubPlan
import Testing

/// What holds for every rewrite on every model.
@Suite("rewrites") struct RewriteLawTests {
    /// A claim on what no rewrite of these takes apart.
    private static let claims = "interpretation:\n  inputs:\n    a0.h1: {same: first, paths: all}\n"

    private func options(optimises: Bool = true) -> RunOptions {
        RunOptions(samples: 60, seed: 1, backend: .cpu, optimises: optimises, keepsOutputs: true)
    }

    @Test("the outputs are the same, within the tolerance", arguments: RewriteCase.all)
    func sameFunction(_ rewrite: RewriteCase) throws { try expectSameFunction(rewrite, .cpu) }

    @Test("and on OpenCL", .needsDevice, arguments: RewriteCase.all.filter { $0.fixture.layers == 1 })
    func onOpenCL(_ rewrite: RewriteCase) throws { try expectSameFunction(rewrite, .opencl(0)) }

    private func expectSameFunction(_ rewrite: RewriteCase, _ backend: BackendChoice) throws {
        try rewrite.fixture.with(rewrite.section + Self.claims) { experiment in
            let report = try experiment.run(RunOptions(samples: 20, backend: backend)).report
            #expect(report.rewrites.count == rewrite.rewrites.count)
            for figures in report.rewrites {
                #expect(figures.rows == Fixture.rows)
                #expect(figures.largestError <= figures.tolerance)
                #expect(figures.tolerance <= 1e-5)
            }
        }
    }

    @Test("claims on other nodes give what they give without", arguments: RewriteCase.all)
    func sameExperiment(_ rewrite: RewriteCase) throws {
        let plain = try rewrite.fixture.with(Self.claims) { try $0.run(options()) }
        let rewritten = try rewrite.fixture.with(rewrite.section + Self.claims) { try $0.run(options()) }
        #expect(rewritten.plan.tables == plain.plan.tables)
        #expect(rewritten.tables == plain.tables)
        expectClose(try #require(rewritten.outputs?.floats), try #require(plain.outputs?.floats))
    }

    @Test("with everything exact, the scrubbed model is the model, bit for bit", arguments: RewriteCase.all)
    func identity(_ rewrite: RewriteCase) throws {
        guard let part = rewrite.parts.first else { return }
        let claims = """
            defaults: {others: exact}
            interpretation:
              inputs:
                \(part): {same: exact, paths: all}

            """
        let model = try PlainOutputs(rewrite.fixture, rewrite.section)
        for optimises in [false, true] {
            let run = try rewrite.fixture.with(rewrite.section + claims) {
                try $0.run(options(optimises: optimises))
            }
            let outputs = try #require(run.outputs?.floats)
            #expect(outputs.map(\.bitPattern) == run.tables[0].flatMap { model[Int($0)].map(\.bitPattern) })
        }
    }

    @Test("claims can name the parts, below the output and below their node", arguments: RewriteCase.all)
    func names(_ rewrite: RewriteCase) throws {
        try rewrite.fixture.with(rewrite.section + Self.claims) { experiment in
            for part in rewrite.parts {
                let number = try #require(experiment.graph.number(of: part), "\(part)")
                #expect(experiment.graph.nodes[number].dependsOnData, "\(part)")
                let short = part.split(separator: ".").last.map(String.init) ?? part
                let owner = String(part.dropLast(short.count + 1))
                guard !owner.isEmpty, let node = experiment.graph.number(of: owner) else { continue }
                #expect(experiment.graph.resolve(short, below: node) == number, "\(part)")
            }
        }
    }

    @Test("no part of a node reads another, which a claim there would change", arguments: RewriteCase.all)
    func independence(_ rewrite: RewriteCase) throws {
        try rewrite.fixture.with(rewrite.section + Self.claims) { experiment in
            let graph = experiment.graph
            for (name, rest) in [("projection", "complement"), ("phi", "residual"), ("early", "rest")] {
                for (number, node) in graph.nodes.enumerated() where node.name.hasSuffix(".\(name)") {
                    guard let other = graph.resolve(rest, below: number) else { continue }
                    #expect(!graph.ancestors(of: other).contains(number), "\(node.name)")
                    #expect(!graph.ancestors(of: number).contains(other), "\(node.name)")
                }
            }
        }
    }

    @Test("what is expanded and contracted has the weights that it had") func expandAndContract() throws {
        let section = """
            rewrites:
              - {expand: m0, groups: {low: "0:4", high: "4:8"}}
              - {contract: m0}

            """
        try Fixture.normed.with(section + Self.claims) { experiment in
            let graph = experiment.graph
            #expect(graph.number(of: "m0.low") == nil)
            let inputs = try #require(graph.nodes.first { $0.name == "m0" }).inputs.map { graph.nodes[$0] }
            #expect(inputs.map(\.name) == ["m0.post", "rewrite/m0.weights", "blocks.0.mlp.b_out"])
            let weights = try experiment.model.weight("rewrite/m0.weights", nil)
            #expect(weights == (try experiment.model.weight("blocks.0.mlp.W_out", nil)))
        }
    }
}

extension Graph {
    /// Every node from which `node` is computed.
    func ancestors(of node: Int) -> Set<Int> {
        var found: Set<Int> = []
        var open = nodes[node].inputs
        while let next = open.popLast() { if found.insert(next).inserted { open += nodes[next].inputs } }
        return found
    }
}
