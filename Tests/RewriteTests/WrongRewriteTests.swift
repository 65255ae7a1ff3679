import ScrubCore
import ScrubExperiment
import ScrubGraph
import ScrubHypothesis
import ScrubModels
import ScrubOps
import Testing

/// Adds a bias twice: what a mistake in a rewrite would look like.
private struct WrongRewrite: Rewrite {
    static let name = "repeat"
    let node = "logits"

    func apply(to graph: Graph) throws(RewriteError) -> Rewritten {
        var wrong = try UnbiasRewrite(node).apply(to: graph).graph
        guard let logits = wrong.number(of: node), let bias = wrong.number(of: "unembed.b_U") else {
            throw .notRead(node)
        }
        do {
            let twice = try wrong.add(.sum(Sum()), [logits, bias], named: "twice")
            wrong.setOutput(twice)
        } catch { throw .graph(error) }
        return Rewritten(wrong, kept: [Rewritten.Pair(node, "twice")], tolerance: 1e-5, equation: "logits = twice")
    }
}

@Suite struct WrongRewriteTests {
    private func experiment(_ rewrite: any Rewrite) throws -> Experiment {
        try Fixture.normed.with("interpretation: {same: any}\n") { plain in
            // The graph without the behaviour, which is added once it is rewritten.
            var model = plain.model
            model.graph = try model.graph.upToOutput
            // They are mapped, and gone from the disk when this returns.
            model.files = []
            model = try model.rewritten(by: [rewrite])
            let behaviour = try BehaviourForm(measure: .crossEntropy, positions: [3], target: .column("label"))
                .add(to: &model.graph)
            let root = Claim(
                nodes: [Located(model.graph.nodes[model.graph.output].name, SourceLocation(file: "test"))],
                same: Located(.any, SourceLocation(file: "test")))
            return try Experiment(
                Interpretation("test", root: root), of: model, on: plain.dataset, measuring: behaviour)
        }
    }

    @Test("a rewrite that changes the function stops the run, before it starts") func stopped() throws {
        let experiment = try experiment(WrongRewrite())
        #expect(experiment.model.rewrites.map(\.text) == ["repeat logits: logits = twice (tolerance 1e-05)"])
        do {
            _ = try experiment.run(RunOptions(samples: 5, backend: .cpu))
            Issue.record("the run went on")
        } catch ExperimentError.rewriteDiffers(let place, let rewrite, let node, let row, let error, let tolerance) {
            #expect(place == nil)
            #expect(rewrite == "repeat logits")
            #expect(node == "twice")
            #expect((1...Fixture.rows).contains(row))
            #expect(error > 1e-3)
            #expect(tolerance == 1e-5)
        }
    }

    @Test("its message says what, where and by how much") func message() {
        let error = ExperimentError.rewriteDiffers(
            SourceLocation(file: "h.yaml", line: 5, column: 5), rewrite: "repeat logits", node: "twice", row: 3,
            error: 0.0123, tolerance: 1e-5)
        #expect(
            error.description
                == "h.yaml:5:5: repeat logits changes \"twice\" by 1.2e-02 at row 3, and its tolerance is 1e-05; it is not "
                + "the same function")
    }

    @Test("a right one does not") func goesOn() throws {
        let experiment = try experiment(UnbiasRewrite("logits"))
        let figures = try #require(try experiment.run(RunOptions(samples: 5, backend: .cpu)).report.rewrites.first)
        #expect(figures.largestError <= 1e-5)
        #expect(figures.text.hasPrefix("rewrite unbias logits: equal on 20 rows, largest error "))
    }
}

extension Graph {
    /// The graph without what is computed from its output.
    fileprivate var upToOutput: Graph {
        get throws {
            var graph = Graph()
            for node in nodes[...output] {
                switch node.kind {
                case .source(let source): _ = try graph.add(source: source, named: node.name, type: node.type)
                case .op(let op): _ = try graph.add(op, node.inputs, named: node.name, isComponent: node.isComponent)
                case .onReference: _ = try graph.add(onReference: node.inputs[0], named: node.name)
                }
            }
            graph.setOutput(output)
            return graph
        }
    }
}
