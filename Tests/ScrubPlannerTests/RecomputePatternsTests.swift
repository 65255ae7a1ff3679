import ScrubCore
import ScrubOps
import ScrubPlan
import ScrubPlanner
import Testing

/// A pattern that is gathered is computed anew where it is larger than queries and keys, and no bit changes.
@Suite struct RecomputePatternsTests {
    /// Values of one table's rows mixed by patterns of another's, beside the plain model's own.
    private func mixed(width: Int, masked: Bool) throws -> SmallPlan {
        var small = SmallPlan(tables: 3)
        let (position, head) = (Axis(.position, 9), Axis(.head, width))
        let (q, k) = (small.column("q", [position, head]), small.column("k", [position, head]))
        let v = small.column("v", [position, Axis(.head, 4)])
        let tokens = small.column("tokens", [position], below: 3)
        let mask = try small.step("mask", .paddingMask(PaddingMask(token: 0)), tokens)
        let op = Op.attentionPattern(AttentionPattern(causal: true, scale: 0.7))
        let pattern = masked ? try small.step("p", op, q, k, mask) : try small.step("p", op, q, k)
        small.root("plain", try small.step("z", .mixValues(MixValues()), pattern, v))
        let gathered = try small.step("gathered", .gather(Gather(table: 1)), pattern)
        let other = try small.step("other v", .gather(Gather(table: 2)), v)
        small.root("mixed", try small.step("mixed", .mixValues(MixValues()), gathered, other))
        return small
    }

    @Test(arguments: [false, true]) func aLargePatternIsAttentionInTheEnd(masked: Bool) throws {
        let small = try mixed(width: 3, masked: masked)
        let recomputed = try RecomputePatterns().apply(small.plan)
        #expect(try small.bits(of: recomputed) == small.bits(of: small.plan))
        let stages = try Planner(limits: DeviceLimits(memory: 1 << 30, workers: 1, preferredArena: 1 << 20))
            .stages(small.plan, datasetRows: 5, replicates: 7)
        let last = try #require(stages.last?.plan)
        #expect(!last.steps.contains { if case .attentionPattern = $0.op { true } else { false } })
        #expect(last.steps.count { if case .attention = $0.op { true } else { false } } == 2)
        #expect(try small.bits(of: last) == small.bits(of: small.plan))
    }

    @Test func aSmallPatternStays() throws {
        let small = try mixed(width: 5, masked: false)
        #expect(try RecomputePatterns().apply(small.plan) == small.plan)
    }
}
