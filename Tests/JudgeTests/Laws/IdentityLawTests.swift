import ScrubHypothesis
import ScrubPlan
import Testing

/// The identity hypothesis returns the model's own outputs.
@Suite struct IdentityLawTests {
    /// The case with every claim exact, its other inputs too.
    private func identity(_ seed: UInt64) -> JudgeCase {
        var judged = JudgeCase.random(seed)
        judged.hypothesis.interpretation = judged.hypothesis.interpretation.mapped { claim in
            var claim = claim
            claim.same = Located(.exact)
            claim.others = claim.inputs.isEmpty ? nil : Located(.exact)
            return claim
        }
        return judged
    }

    /// Statement: with everything exact, each replicate's outputs are those of the model on its reference datum, bit
    /// for bit on the CPU, with all passes off and with all on; and they are the judge's plain float64 forward within
    /// the tolerance.
    @Test(arguments: UInt64(2000)..<2100)
    func theIdentityIsTheModel(seed: UInt64) throws {
        let judged = identity(seed)
        // A root without claims, made exact, touches nothing.
        if judged.hypothesis.interpretation.inputs.isEmpty { return }
        try withTemporaryFolder { folder in
            let scrubbed = try Scrubbed(judged, in: folder)
            #expect(scrubbed.plan.tables.map(\.key) == ["reference"])
            let judgement = try Judgement(judged) { scrubbed.rows(replicate: $0) }
            for optimised in [false, true] {
                let plan = try scrubbed.planned(optimised: optimised)
                let roots = try Engines.shared.cpu(threads: 1).roots(plan, scrubbed.bindings)
                #expect(judgement.difference(from: roots) == nil)
                for (root, model) in [("outputs", "model outputs"), ("scrubbed", "model")] {
                    let (found, own) = (try #require(roots[root]), try #require(roots[model]))
                    let width = own.count / scrubbed.bindings.datasetRows
                    let expected = scrubbed.bindings.tables[0].flatMap { own[Int($0) * width..<(Int($0) + 1) * width] }
                    #expect(found.map(\.bitPattern) == expected.map(\.bitPattern), "\(root), passes \(optimised)")
                }
            }
        }
    }

    /// Statement: the judge's recursion over paths, with nothing resampled, is its plain forward.
    @Test(arguments: UInt64(2000)..<2050)
    func theJudgesRecursionIsItsForward(seed: UInt64) throws {
        let judged = identity(seed)
        if judged.hypothesis.interpretation.inputs.isEmpty { return }
        var judge = try Judge(judged)
        judge.isLiteral = true
        #expect(judge.draws == ["reference"])
        for row in judged.data.indices.prefix(2) {
            #expect(judge.output(["reference": row]) == judge.plain[row][judge.transformer.output])
        }
    }

    /// Statement: what the judge reckons once, the plain model's values, is what every path says for itself.
    @Test(arguments: UInt64(2000)..<2050)
    func theJudgeRemembersNothingThatMatters(seed: UInt64) throws {
        let judged = JudgeCase.random(seed)
        var judge = try Judge(judged)
        var random = SplitMix64(seed: seed)
        for _ in 0..<2 {
            let rows = judge.draws.sorted().map { ($0, random.integer(0...judged.data.count - 1)) }
            judge.isLiteral = false
            let output = judge.output(Dictionary(uniqueKeysWithValues: rows))
            judge.isLiteral = true
            #expect(judge.output(Dictionary(uniqueKeysWithValues: rows)) == output)
        }
    }
}
