import ScrubHypothesis
import Testing

/// A judge that finds nothing proves nothing unless it can find something: what is broken on purpose is caught and
/// shrunk.
@Suite struct BrokenPlanTests {
    /// Statement: every defect in the list shows within sixty cases, and is a difference, not a refusal.
    @Test(arguments: Breakage.all)
    func aDefectIsCaught(breakage: Breakage) {
        let cases = (UInt64(1000)..<1060).lazy.map(JudgeCase.random)
        let verdicts = cases.map { $0.verdict(on: .cpu, breaking: breakage) }
        #expect(verdicts.contains { $0.isLike(.differs("")) })
    }

    @Test func aSwappedTableIsShrunk() throws {
        let verdict = { (judged: JudgeCase) in judged.verdict(on: .cpu, breaking: .swappedTable) }
        let cases = (UInt64(1000)..<1060).lazy.map(JudgeCase.random)
        let caught = try #require(cases.first { verdict($0).isLike(.differs("")) })
        let shrunk = caught.shrunk { verdict($0).isLike(.differs("")) }
        #expect(verdict(shrunk).isLike(.differs("")))
        #expect(shrunk.verdict(on: .cpu) == .agrees)
        // Nothing simpler shows it: the root's own draw, no layer, one replicate.
        #expect(shrunk.claims.count == 1)
        #expect(shrunk.model.layers == 0)
        #expect(shrunk.replicates == 1)
        // What a failure prints is the case again: a file, and a seed.
        let text = HypothesisPrinter.text(shrunk.hypothesis)
        #expect(try HypothesisFile.parse(text, file: "case").withoutPlaces == shrunk.hypothesis.withoutPlaces)
        #expect(shrunk.report(verdict(shrunk), shrunkFrom: caught.seed).contains("JudgeCase.random(\(caught.seed))"))
    }
}
