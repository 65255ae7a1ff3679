import ScrubHypothesis
import ScrubOps
import ScrubPlan
import Testing

/// A judge that finds nothing proves nothing unless it can find something: plans broken on purpose are caught and shrunk.
@Suite struct BrokenPlanTests {
    /// Every gather by the last table reads by the reference instead: one claim's datum is another's.
    private func swappingTables(_ plan: Plan) -> Plan {
        var broken = plan
        broken.steps = plan.steps.map { step in
            guard case .gather(let gather) = step.op, gather.table == plan.tables.count - 1 else { return step }
            return Step(.gather(Gather(table: 0)), step.inputs, step.output)
        }
        return broken
    }

    /// Attention looks ahead where it must not, or does not where it may.
    private func turningAttention(_ plan: Plan) -> Plan {
        var broken = plan
        broken.steps = plan.steps.map { step in
            guard case .attention(var attention) = step.op else { return step }
            attention.causal.toggle()
            return Step(.attention(attention), step.inputs, step.output)
        }
        return broken
    }

    @Test func aSwappedTableIsCaughtAndShrunk() throws {
        let verdict = { (judged: JudgeCase) in judged.verdict(on: .cpu, breaking: swappingTables) }
        let caught = try #require((UInt64(1000)..<1020).map(JudgeCase.random).first { verdict($0) != .agrees })
        let shrunk = caught.shrunk { verdict($0).isLike(.differs("")) }
        guard case .differs = verdict(shrunk) else {
            Issue.record("the shrunk case no longer differs")
            return
        }
        #expect(shrunk.verdict(on: .cpu) == .agrees)
        // Nothing simpler shows it: the root's own draw, no layer, one replicate.
        #expect(shrunk.claims.count == 1)
        #expect(shrunk.model.layers == 0)
        #expect(shrunk.replicates == 1)
        let text = HypothesisPrinter.text(shrunk.hypothesis)
        #expect(try HypothesisFile.parse(text, file: "case").withoutPlaces == shrunk.hypothesis)
    }

    @Test func aTurnedAttentionIsCaught() {
        let cases = (UInt64(1000)..<1020).map(JudgeCase.random)
        let verdicts = cases.map { $0.verdict(on: .cpu, breaking: turningAttention) }
        #expect(verdicts.contains { $0.isLike(.differs("")) })
        #expect(!verdicts.contains { $0.isLike(.refused("")) })
    }
}
