import ScrubHypothesis
import ScrubPlan
import Testing

@Suite struct TreeifyTests {
    private func tree(_ text: String) throws -> ScrubTree {
        try ToyGraph.hypothesis(text).claims.treeify(on: ToyGraph.make()).tree
    }

    @Test func everyDrawHasItsKeyFeatureAndParent() throws {
        let tree = try tree(
            """
            same: x
            inputs:
              a0.h1: {same: y, inputs: {embed: {same: z}}}
              a0.h0: {same: exact}
            """)
        #expect(
            tree.tables == [
                Table(key: "reference"), Table(key: "output", feature: "x", parent: 0), Table(key: "output/others"),
                Table(key: "a0.h1", feature: "y", parent: 1),
                Table(key: "a0.h1/embed", feature: "z", parent: 3),
            ])
        #expect(tree.claims.map(\.path) == ["output", "a0.h0", "a0.h1", "a0.h1/embed"])
        #expect(tree.claims[1].datum == 1)
    }

    @Test func theOrderInTheFileDoesNotMatter() throws {
        let (a, b) = ("a0.h0: {same: x}", "a0.h1: {same: y}")
        #expect(try tree("inputs:\n  \(a)\n  \(b)") == tree("inputs:\n  \(b)\n  \(a)"))
    }

    @Test func eachDrawsOncePerDirectInput() throws {
        let tree = try tree("inputs: {a0.h0: {same: x}}\nothers: each")
        #expect(
            tree.tables.map(\.key) == [
                "reference", "output/others/embed", "output/others/a0.h1", "a0.h0",
            ])
    }

    @Test func togetherIsOneDraw() throws {
        let claim = "inputs: {embed: {same: x}}, others: {together: t}"
        let text = "inputs:\n  m0: {\(claim)}\n  m1: {\(claim)}\nothers: exact"
        let tree = try ToyGraph.hypothesis(text).claims.treeify(on: LayeredGraph.make()).tree
        #expect(tree.tables.map(\.key) == ["reference", "together/t", "m0/embed", "m1/embed"])
    }

    @Test func whatIsAllClaimedDrawsNoOthers() throws {
        let tree = try tree("inputs: {a0.h0: {same: x, inputs: {embed: {same: y}}}}")
        #expect(tree.tables.map(\.key) == ["reference", "output/others", "a0.h0", "a0.h0/embed"])
    }

    @Test func aPartIsNamedFromItsOwner() throws {
        let short = try tree("inputs: {a0.h0: {inputs: {input: {inputs: {embed: {same: x}}}}}}")
        let long = try tree("inputs: {a0.h0: {inputs: {a0.h0.input: {inputs: {embed: {same: x}}}}}}")
        #expect(short == long)
        #expect(short.claims.last?.path == "a0.h0/input/embed")
    }
}
