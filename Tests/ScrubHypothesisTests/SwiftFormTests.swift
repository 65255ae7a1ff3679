import ScrubCore
import ScrubGraph
import ScrubHypothesis
import Testing

/// A hypothesis written in Swift is the one written in a file: the same claims, draws and places.
@Suite struct SwiftFormTests {
    private let graph: Graph

    init() throws { graph = try LayeredGraph.make() }

    private func tree(_ text: String) throws -> ScrubTree {
        let head =
            "model: m\ndata: d.csv\nbehaviour: {loss: cross_entropy, at: last, label: y}\nfeatures: {both: a AND b}\n"
        return try HypothesisFile.parse(head + text, file: "h.yaml").claims.treeify(on: graph).tree
    }

    @Test func everyFormHasItsTwin() throws {
        let file = try tree(
            """
            defaults: {others: each}
            claims:
              below: {same: both, shared: true, inputs: {embed: {same: x}}}
            interpretation:
              same: any
              inputs:
                m1:
                  same: exact
                  inputs:
                    a0.h0: below
                    a1.h[0,1]: {same: z, inputs: {"input[1:3]": {same: z, inputs: {a0.h0: below}}}}
                a0.h1: {same: y, via: m0, avoiding: [a1, m1]}
                embed[*]: {same: "at[*]"}
              others: {same: both}
            """)
        func below() -> Claim { Claim("a0.h0", same: "both", shared: "below") { Claim("embed", same: "x") } }
        var swift = Interpretation("swift", same: .any, others: .each, features: ["both": "a AND b"]) {
            Claim("m1") {
                below()
                Claim("a1.h[0,1]", same: "z") { Claim("input[1:3]", same: "z") { below() } }
            }
            Claim("a0.h1", same: "y", via: ["m0"], avoiding: ["a1", "m1"])
            Claim("embed[*]", same: "at[*]")
        }
        swift.root.others = Located(.same("both"), swift.root.location)
        let tree = try swift.treeify(on: graph).tree
        #expect(tree == file)
        #expect(tree.claims.contains { $0.path == "embed[2]" })
    }

    @Test func anErrorPointsAtTheLine() throws {
        let line = #line + 1
        let interpretation = Interpretation("swift") { Claim("m7", same: "x") }
        let error = #expect(throws: HypothesisError.self) { try interpretation.treeify(on: graph) }
        #expect(error?.location?.line == line)
        #expect(error?.location?.file.hasSuffix("SwiftFormTests.swift") == true)
    }
}
