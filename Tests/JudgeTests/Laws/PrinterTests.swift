import ScrubHypothesis
import Testing

/// What a failure prints is a file that reads back as the hypothesis that failed.
@Suite struct PrinterTests {
    @Test func everyHypothesisReadsBack() throws {
        for seed in UInt64(0)..<500 {
            let hypothesis = JudgeCase.random(seed).hypothesis
            let text = HypothesisPrinter.text(hypothesis)
            #expect(
                try HypothesisFile.parse(text, file: "case").withoutPlaces == hypothesis.withoutPlaces,
                "seed \(seed):\n\(text)")
        }
    }

    @Test func anExample() throws {
        var group = Claim(
            "a1.h[0,1]", .feature("c0 % 2"), others: .together("noise"), route: Route(.all, avoiding: [Located("m0")]))
        group.inputs = [Claim("q", .any)]
        var several = Claim("embed[0]", .any, route: Route(.direct, via: [Located("a0.h0")]))
        several.nodes.append(Located("mask"))
        #expect(
            text(Claim("output", .exact, [group, several], others: .each)) == """
                interpretation:
                  same: exact
                  inputs:
                    - node: "a1.h[0,1]"
                      same: "c0 % 2"
                      avoiding: m0
                      inputs:
                        q:
                          same: any
                      others: {together: noise}
                    - node: ["embed[0]", mask]
                      same: any
                      paths: direct
                      via: a0.h0
                  others: each

                """)
    }

    @Test func aSharedExample() throws {
        var shared = Claim("embed", .feature("c0"), route: .all)
        shared.shared = "s0"
        #expect(
            text(Claim("output", .exact, [Claim("a0.h0", .exact, [shared]), Claim("a0.h1", .exact, [shared])])) == """
                claims:
                  s0:
                    same: c0
                    paths: all
                    shared: true
                interpretation:
                  same: exact
                  inputs:
                    a0.h0:
                      same: exact
                      inputs:
                        embed: s0
                    a0.h1:
                      same: exact
                      inputs:
                        embed: s0

                """)
    }

    /// The claims of a file, from the first on.
    private func text(_ claims: Claim) -> String {
        var hypothesis = JudgeCase.random(0).hypothesis
        hypothesis.interpretation = claims
        hypothesis.others = .random
        hypothesis.features = [:]
        let lines = HypothesisPrinter.text(hypothesis).split(separator: "\n", omittingEmptySubsequences: false)
        return lines.drop { $0 != "claims:" && $0 != "interpretation:" }.joined(separator: "\n")
    }
}
