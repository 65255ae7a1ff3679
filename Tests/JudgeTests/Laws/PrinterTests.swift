import ScrubHypothesis
import Testing

/// What a failure prints is a file that reads back as the hypothesis that failed.
@Suite struct PrinterTests {
    @Test func everyHypothesisReadsBack() throws {
        for seed in UInt64(0)..<500 {
            let hypothesis = JudgeCase.random(seed).hypothesis
            let text = HypothesisPrinter.text(hypothesis)
            #expect(try HypothesisFile.parse(text, file: "case").withoutPlaces == hypothesis, "seed \(seed):\n\(text)")
        }
    }

    @Test func anExample() throws {
        let claims = Claim(
            "output", .exact, [Claim("a1.h0", .feature("c0 % 2"), [Claim("q", .any)], others: .together("noise"))],
            others: .each)
        var hypothesis = JudgeCase.random(0).hypothesis
        hypothesis.interpretation = claims
        let text = HypothesisPrinter.text(hypothesis)
        #expect(
            text.hasSuffix(
                """
                interpretation:
                  same: exact
                  inputs:
                    a1.h0:
                      same: "c0 % 2"
                      inputs:
                        q:
                          same: any
                      others: {together: noise}
                  others: each

                """))
    }
}
