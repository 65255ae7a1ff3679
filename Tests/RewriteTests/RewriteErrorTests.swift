import ScrubCore
import ScrubExperiment
import ScrubGraph
import ScrubOps
import Testing

/// Every way in which a rewrite does not fit a graph, and what is said of it.
@Suite struct RewriteErrorTests {
    struct Case: CustomTestStringConvertible {
        let rewrite: any Rewrite
        let message: String
        let subject: String?

        var testDescription: String { message }

        init(_ rewrite: any Rewrite, _ message: String, about subject: String?) {
            self.rewrite = rewrite
            self.message = message
            self.subject = subject
        }
    }

    private static func tensor(_ sizes: [Int], _ values: [Float]? = nil) -> NamedTensor {
        NamedTensor("t", HostTensor(sizes, values ?? (1...sizes.reduce(1, *)).map { Float($0) }))
    }

    private static let d = tensor([6], [1, 2, 3, 4, 5, 7])
    private static let nodes = "nodes are tokens, embed, mask, a0.h0 to a1.h1, m0 to m1, logits"
    private static let head = "float32 [position: 4, model: 6]"

    static let cases: [Case] = [
        Case(
            ProjectRewrite("a0.h9", onto: d), "no node \"a0.h9\", perhaps a0.h0, a0.h1, a1.h0; \(nodes)", about: "a0.h9"
        ),
        Case(
            ProjectRewrite("tokens", onto: d),
            "\"tokens\" is the column tokens, int32 [position: 4], expected float32 vectors that the model computes",
            about: "tokens"),
        Case(
            ProjectRewrite("a0.h0", onto: tensor([5])), "\"t\" has sizes [5], expected [6] or [vectors, 6]", about: "t"),
        Case(
            ProjectRewrite("a0.h0", onto: tensor([1, 1, 6])), "\"t\" has sizes [1, 1, 6], expected [6] or [vectors, 6]",
            about: "t"),
        Case(
            ProjectRewrite("a0.h0", onto: tensor([6], [0, 0, 0, 0, 0, 0])),
            "row 0 of \"t\" is zero, which is no direction", about: "t"),
        Case(
            ProjectRewrite("a0.h0", onto: tensor([2, 6], [1, 2, 3, 4, 5, 6, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6])),
            "row 1 of \"t\" is a linear combination of the rows before it", about: "t"),
        Case(
            ProjectRewrite("a0.h0", onto: d, parts: ["a/b", "rest"]),
            "\"a/b\" is no name for a part, expected letters, digits, \"_\" and \"-\"", about: "a/b"),
        Case(
            ProjectRewrite("a0.h0", onto: d, parts: ["q", "rest"]),
            "there is a node \"a0.h0.q\" already; give the part another name", about: "q"),
        Case(
            EstimateRewrite("a0.h0", by: .along(.init("c", sizes: [3]), d)),
            "\"c\" has sizes [3], expected one number, or [4]", about: "c"),
        Case(
            EstimateRewrite("a0.h0", by: .along(.init("c", sizes: []), tensor([5]))),
            "\"t\" has sizes [5], expected [6]", about: "t"),
        Case(
            EstimateRewrite("a0.h0", by: .column(.init("c", sizes: [4]))),
            "\"c\" has sizes [4], expected [6] or [4, 6]",
            about: "c"),
        Case(
            EstimateRewrite("a0.h0", by: .tokens(tensor([4, 6]))), "\"t\" has sizes [4, 6], expected [5, 6]", about: "t"
        ),
        Case(
            EstimateRewrite("a0.h0.q", by: .tokens(tensor([5, 3]))),
            "\"a0.h0.q\" is the result of linear, float32 [position: 4, head: 3], expected a vector along model for each "
                + "token", about: "a0.h0.q"),
        Case(
            EstimateRewrite("mask", by: .column(.init("c", sizes: [4]))),
            "\"mask\" is the result of paddingMask, float32 [position: 4], expected a vector for each position",
            about: "mask"),
        Case(
            EstimateRewrite("a0.h0", by: .probe(of: "m0", tensor([6, 6]), bias: nil)),
            "\"m0\" is computed after \"a0.h0\", which so cannot be estimated by it", about: "m0"),
        Case(
            EstimateRewrite("m0", by: .probe(of: "mask", tensor([6, 6]), bias: nil)),
            "\"mask\" is the result of paddingMask, float32 [position: 4], expected a vector for each of 4 positions",
            about: "mask"),
        Case(
            EstimateRewrite("m0", by: .probe(of: "m0.input", tensor([6, 7]), bias: nil)),
            "\"t\" has sizes [6, 7], expected [6, 6]", about: "t"),
        Case(
            SplitRewrite("m0", into: [.init("a", ["embed"])]),
            "\"m0\" is the result of linear, \(head), expected a sum",
            about: "m0"),
        Case(
            SplitRewrite("m0.input", into: [.init("a", ["m1"])]),
            "\"m1\" is not added in \"m0.input\"; its summands are embed, a0.h0, a0.h1", about: "m1"),
        Case(
            SplitRewrite("m0.input", into: [.init("a", ["embed"]), .init("b", ["embed"])]), "\"embed\" is named twice",
            about: "embed"),
        Case(SplitRewrite("m0.input", into: [.init("a", [])]), "\"a\" is empty", about: "a"),
        Case(
            SplitRewrite("m0.input", into: [.init("a", ["embed", "a0.h0", "a0.h1"])]),
            "\"a\" is all of \"m0.input\", so that nothing is taken apart", about: "a"),
        Case(CombineRewrite(["a0.h0"], as: "heads"), "\"combine\" names a0.h0, expected two nodes or more", about: nil),
        Case(CombineRewrite(["a0.h0", "a0.h0"], as: "heads"), "\"a0.h0\" is named twice", about: "a0.h0"),
        Case(
            CombineRewrite(["a0.h0", "a0.h0.q"], as: "heads"),
            "\"a0.h0.q\" is float32 [position: 4, head: 3] and \"a0.h0\" is \(head), expected nodes of one type",
            about: "a0.h0.q"),
        Case(
            CombineRewrite(["a0.h0", "logits.input"], as: "heads"), "no sum reads all of a0.h0, logits.input",
            about: "a0.h0"),
        Case(
            CombineRewrite(["a0.h0", "a0.h1"], as: "m0"), "there is a node \"m0\" already; give the part another name",
            about: "m0"),
        Case(DuplicateRewrite("logits"), "no component reads \"logits\"", about: "logits"),
        Case(
            DuplicateRewrite("m0.post"), "\"m0.post\" is wiring inside \"m0\", expected a component", about: "m0.post"),
        Case(
            UnbiasRewrite("a0.h0"),
            "\"a0.h0\" is the result of linear, \(head), expected a linear map or a sum with a bias that is added",
            about: "a0.h0"),
        Case(
            ExpandRewrite("m0.post", into: [.init("a", [0])]),
            "\"m0.post\" is the result of activation, float32 [position: 4, neuron: 8], expected a linear map",
            about: "m0.post"),
        Case(
            ExpandRewrite("m0", into: [.init("a", [0, 1, 2, 3, 8])]),
            "\"a\" is \"8\", expected neurons from 0 to 7, such as 0, 2:5 or a list of these", about: "a"),
        Case(
            ExpandRewrite("m0", into: [.init("a", [0, 1, 2, 3, 4]), .init("b", [3, 4, 5, 6, 7])]),
            "\"b\" and \"a\" both have neuron 3:5; groups must not overlap", about: "b"),
        Case(
            ExpandRewrite("m0", into: [.init("a", [0, 1]), .init("b", [4, 5, 6, 7])]),
            "no group of \"m0\" has neuron 2:4; groups must make up all of it", about: "m0"),
        Case(
            ContractRewrite("m0"),
            "\"m0\" is the result of linear, \(head), expected a sum of linear maps of one value",
            about: "m0"),
        Case(
            ContractRewrite("logits.input"),
            "\"logits.input\" is the result of sum, \(head), expected a sum of linear maps of one value",
            about: "logits.input"),
    ]

    @Test(arguments: cases) func refuses(_ test: Case) throws {
        try Fixture.normed.with("interpretation: {same: any}\n") { experiment in
            do {
                _ = try test.rewrite.apply(to: experiment.graph)
                Issue.record("it was accepted")
            } catch let error as RewriteError {
                #expect(error.description == test.message)
                #expect(error.subject == test.subject)
            }
        }
    }

    @Test("wiring that two components share cannot be given copies of what it reads") func shared() throws {
        var graph = Graph()
        let shape: Shape = [Axis(.position, 2)]
        let column = try graph.add(source: .column("x"), named: "x", type: ValueType(shape))
        let part = try graph.add(.activation(Activation(.relu)), [column], named: "part", isComponent: true)
        let wiring = try graph.add(.activation(Activation(.relu)), [part], named: "wiring")
        let first = try graph.add(.activation(Activation(.relu)), [wiring], named: "first", isComponent: true)
        _ = try graph.add(.sum(Sum()), [wiring, first], named: "second", isComponent: true)
        graph.setOutput(4)
        #expect(throws: RewriteError.sharedWiring("part", through: "wiring", by: ["first", "second"])) {
            try DuplicateRewrite("part").apply(to: graph)
        }
    }
}
