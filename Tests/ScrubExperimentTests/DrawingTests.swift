import Foundation
import ScrubExperiment
import Testing

@Suite struct DrawingTests {
    private static let claims = """
        features: {odd: y = 1}
        claims:
          word: {same: first, shared: true}
        interpretation:
          inputs:
            m1: {inputs: {a0.h0: word, "embed[*]": {same: "at[*]"}}, others: {same: odd}}
            a1.h0:
              inputs: {"pattern[previous]": {same: any}, v: {inputs: {a0.h0: word}, others: each}}
              others: {together: rest}
            a1.h1: {same: y, inputs: {embed: {same: first, avoiding: [a0.h1, m0]}}, others: exact}
            a0.h0: {same: any, inputs: {"input[*]": {inputs: {embed: {same: "at[*]"}}}}, others: {together: rest}}
        """

    @Test func aLineSaysWhereAClaimStandsAndHowItIsDrawn() throws {
        try SmallTransformer.with { small in
            let text = try small.experiment(Self.claims).treeText
            #expect(
                text == """
                    == claims
                    logits                          #0       the reference
                    ├─ a0.h0                        #2       any
                    │  ├─ input[0..2]               #2       exact
                    │  │  └─ embed                  #4..6    same at[*] as #2 (1 to 2 classes of 4 to 8 rows), 3 draws
                    │  └─ others                    #3       any, together: rest
                    ├─ a1.h0                        #0       exact
                    │  ├─ v                         #0       exact
                    │  │  ├─ a0.h0                  #17      same first as #0 (3 classes of 2 to 3 rows)
                    │  │  └─ others                 #7..9    any, one for each of embed, a0.h1, m0
                    │  ├─ pattern[previous]         #10      any
                    │  └─ others                    #3       any, together: rest
                    ├─ a1.h1                        #11      same y as #0 (2 classes of 4 rows)
                    │  ├─ embed avoiding a0.h1, m0  #12      same first as #11 (3 classes of 2 to 3 rows)
                    │  └─ others                    #11      exact
                    ├─ m1                           #0       exact
                    │  ├─ embed[0..2]               #14..16  same at[*] as #0 (1 to 2 classes of 4 to 8 rows), 3 draws
                    │  ├─ a0.h0                     #17      same first as #0 (3 classes of 2 to 3 rows), as above
                    │  └─ others                    #13      same y = 1 as #0 (2 classes of 4 rows)
                    └─ others                       #1       any

                    """, "\(text)")
        }
    }

    @Test func coloursAddNothingButColour() throws {
        try SmallTransformer.with { small in
            let experiment = try small.experiment(Self.claims)
            let coloured = experiment.treeText(isColoured: true)
            #expect(coloured != experiment.treeText)
            #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == experiment.treeText)
        }
    }

    /// One node for each claim, also for one below several, and one for many positions.
    @Test func aDrawingHasEachClaimOnce() throws {
        try SmallTransformer.with { small in
            let dot = try small.experiment(Self.claims).treeDOT
            let nodes = dot.matches(of: /(?m)^  ([co]\d+) \[/).map { String($0.1) }
            #expect(Set(nodes).count == nodes.count)
            #expect(dot.matches(of: /<b>a0.h0<\/b>/).count == 2)
            let edges = dot.matches(of: /(?m)^  ([co]\d+) -> ([co]\d+)/).map { String($0.2) }
            // Every node but the root hangs somewhere, the shared one in two places.
            #expect(Set(edges).union(["c0"]) == Set(nodes))
            #expect(edges.count == nodes.count)
        }
    }
}
