import ScrubHypothesis
import ScrubPlan
import Testing

/// What every draw keeps, on random data and hypotheses.
@Suite struct DrawLawTests {
    private func scrubbed<R>(_ judged: JudgeCase, _ body: (Scrubbed) throws -> R) throws -> R {
        try withTemporaryFolder { try body(try Scrubbed(judged, in: $0)) }
    }

    /// Statement: on every draw the feature has the value that it has on the datum given, by the judge's own reckoning
    /// of the feature; and a row of weight 0 is never drawn.
    @Test(arguments: UInt64(3000)..<3100)
    func everyDrawSatisfiesItsCondition(seed: UInt64) throws {
        var judged = JudgeCase.random(seed)
        judged.replicates = 200
        let judge = try Judge(judged)
        let draws = judge.draws
        let found = judge.paths.hypothesis.conditions.filter { draws.contains($0.key) }
        try scrubbed(judged) { scrubbed in
            let (data, weights) = (judged.data, judged.weights)
            for replicate in 0..<judged.replicates {
                let rows = scrubbed.rows(replicate: replicate)
                #expect(rows.values.allSatisfy { weights[$0] > 0 })
                for (key, text, given) in found {
                    let (feature, row, like) = (
                        try #require(TinyFeature.named(text, positions: judged.positions)), rows[key], rows[given]
                    )
                    #expect(
                        feature.value(data[try #require(row)]) == feature.value(data[try #require(like)]),
                        "\(key), \(text)")
                }
            }
        }
    }

    /// Statement: a draw is a pure function of seed, key and replicate. The same seed gives the same tables, the first
    /// replicates of a longer run are those of a shorter one, any range is that part of the whole; another seed gives
    /// others.
    @Test(arguments: UInt64(3000)..<3050)
    func drawsDependOnSeedKeyAndReplicateAlone(seed: UInt64) throws {
        let judged = JudgeCase.random(seed)
        var reseeded = judged
        reseeded.seed ^= 1 << 40
        try scrubbed(judged) { scrubbed in
            let whole = try scrubbed.sampler.draw(0..<100)
            #expect(try scrubbed.sampler.draw(0..<100) == whole)
            #expect(try scrubbed.sampler.draw(0..<10) == whole.map { Array($0[0..<10]) })
            #expect(try scrubbed.sampler.draw(37..<64) == whole.map { Array($0[37..<64]) })
            #expect(try self.scrubbed(reseeded) { try $0.sampler.draw(0..<100)[0] } != whole[0])
        }
    }

    /// Statement: a claim elsewhere changes no other draw, and the order of claims in the file changes none.
    ///
    /// A shared claim is left out: without one of its parents it may be another claim, with another path.
    @Test(arguments: UInt64(3100)..<3200)
    func aClaimElsewhereChangesNoOtherDraw(seed: UInt64) throws {
        let judged = JudgeCase.random(seed)
        guard judged.hypothesis.interpretation.inputs.count > 1, judged.claims.allSatisfy({ $0.shared == nil }) else {
            return
        }
        let all = try scrubbed(judged) { scrubbed in (0..<judged.replicates).map { scrubbed.rows(replicate: $0) } }
        for missing in judged.hypothesis.interpretation.inputs.indices {
            var fewer = judged
            fewer.hypothesis.interpretation.inputs.remove(at: missing)
            fewer.hypothesis.interpretation.inputs.reverse()
            let some = try scrubbed(fewer) { scrubbed in (0..<judged.replicates).map { scrubbed.rows(replicate: $0) } }
            for (rows, fewerRows) in zip(all, some) {
                // Without the claim, paths may take a draw that none took before.
                let both = fewerRows.filter { rows[$0.key] != nil }
                #expect(both.allSatisfy { rows[$0.key] == $0.value }, "without claim \(missing)")
            }
        }
    }
}
