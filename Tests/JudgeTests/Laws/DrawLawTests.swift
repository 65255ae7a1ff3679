import ScrubHypothesis
import ScrubPlan
import Testing

/// What every draw keeps, on random data and hypotheses.
@Suite struct DrawLawTests {
    private func scrubbed<R>(_ judged: JudgeCase, _ body: (Scrubbed) throws -> R) throws -> R {
        try withTemporaryFolder { try body(try Scrubbed(judged, in: $0)) }
    }

    /// The claims and others of a tree that draw by a feature: the draw's key, the feature as written, and the key
    /// given.
    private func conditions(_ claim: Claim, key: String, given: String, on transformer: JudgeTransformer, at node: Int)
        -> [(key: String, feature: String, given: String)]
    {
        var found: [(key: String, feature: String, given: String)] = []
        if case .feature(let feature) = claim.same.value { found.append((key, feature, given)) }
        let datum = claim.same.value == .exact ? given : key
        if case .same(let feature) = claim.others.value, !claim.inputs.isEmpty {
            found.append(("\(key)/others", feature, datum))
        }
        for child in claim.inputs {
            guard let target = transformer.resolve(child.node.value, below: node) else { continue }
            let name = transformer.sites[target].pathName
            let childKey = node == transformer.output ? name : "\(key)/\(name)"
            found += conditions(child, key: childKey, given: datum, on: transformer, at: target)
        }
        return found
    }

    /// Statement: on every draw the feature has the value that it has on the datum given, by the judge's own reckoning
    /// of the feature; and a row of weight 0 is never drawn.
    @Test(arguments: UInt64(3000)..<3100)
    func everyDrawSatisfiesItsCondition(seed: UInt64) throws {
        var judged = JudgeCase.random(seed)
        judged.replicates = 200
        let transformer = JudgeTransformer(judged.model)
        let found = conditions(
            judged.hypothesis.interpretation, key: "output", given: "reference", on: transformer, at: transformer.output
        )
        try scrubbed(judged) { scrubbed in
            let (data, weights) = (judged.data, judged.weights)
            for replicate in 0..<judged.replicates {
                let rows = scrubbed.rows(replicate: replicate)
                #expect(rows.values.allSatisfy { weights[$0] > 0 })
                for (key, text, given) in found {
                    let (feature, row, like) = (try #require(TinyFeature.named(text)), rows[key], rows[given])
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
    @Test(arguments: UInt64(3100)..<3200)
    func aClaimElsewhereChangesNoOtherDraw(seed: UInt64) throws {
        let judged = JudgeCase.random(seed)
        guard judged.hypothesis.interpretation.inputs.count > 1 else { return }
        let all = try scrubbed(judged) { scrubbed in (0..<judged.replicates).map { scrubbed.rows(replicate: $0) } }
        for missing in judged.hypothesis.interpretation.inputs.indices {
            var fewer = judged
            fewer.hypothesis.interpretation.inputs.remove(at: missing)
            fewer.hypothesis.interpretation.inputs.reverse()
            let some = try scrubbed(fewer) { scrubbed in (0..<judged.replicates).map { scrubbed.rows(replicate: $0) } }
            for (rows, fewerRows) in zip(all, some) {
                #expect(fewerRows.allSatisfy { rows[$0.key] == $0.value }, "without claim \(missing)")
            }
        }
    }
}
