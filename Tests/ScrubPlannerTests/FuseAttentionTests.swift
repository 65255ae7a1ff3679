import ScrubCore
import ScrubOps
import ScrubPlan
import ScrubPlanner
import Testing

/// A pattern and the mixing become one step where nobody else reads the pattern, and no bit changes.
@Suite struct FuseAttentionTests {
    private func names(_ plan: Plan) -> [String] { plan.steps.map(\.op.name) }

    private func pairs(causal: Bool, masked: Bool, queries: [Int]?) throws -> SmallPlan {
        var small = SmallPlan(tables: 2)
        let (position, head) = (Axis(.position, 9), Axis(.head, 5))
        let query = Axis(.position, queries?.count ?? 9)
        let (q, k) = (small.column("q", [query, head]), small.column("k", [position, head]))
        let v = small.column("v", [position, Axis(.head, 11)])
        let pattern = Op.attentionPattern(AttentionPattern(causal: causal, scale: 0.7, queries: queries))
        let tokens = small.column("tokens", [position], below: 3)
        let mask = try small.step("mask", .paddingMask(PaddingMask(token: 0)), tokens)
        func add(_ name: String) throws -> Int {
            masked ? try small.step(name, pattern, q, k, mask) : try small.step(name, pattern, q, k)
        }
        let mix = Op.mixValues(MixValues())
        // Read once: fused, and what the gather reads is its result.
        let once = try small.step("z", mix, add("once"), v)
        small.root("once", try small.step("gathered", .gather(Gather(table: 1)), once))
        // Read twice.
        let twice = try add("twice")
        small.root("first", try small.step("first", mix, twice, v))
        small.root("second", try small.step("second", .sum(Sum()), small.step("again", mix, twice, v)))
        // A root.
        let shown = try add("shown")
        small.root("shown", shown)
        small.root("mixed", try small.step("mixed", mix, shown, v))
        // Read by something else.
        small.root("other", try small.step("other", .product(Product()), add("own"), shown))
        return small
    }

    @Test(arguments: [nil, [8], [3, 3, 0]] as [[Int]?], [false, true]) func noBitChanges(
        queries: [Int]?, causal: Bool
    ) throws {
        for masked in [false, true] {
            let small = try pairs(causal: causal, masked: masked, queries: queries)
            let fused = try FuseAttention().apply(small.plan)
            #expect(try small.bits(of: fused) == small.bits(of: small.plan))
            #expect(names(fused).filter { $0 == "attention" }.count == 1)
            #expect(names(fused).filter { $0 == "attentionPattern" }.count == 3)
            #expect(fused.steps.count == small.plan.steps.count - 1)
            #expect(try FuseAttention().apply(fused) == fused)
        }
    }

    /// Sharing leaves one reader of the pattern that had two: the last pass fuses it.
    @Test func alsoAfterSharing() throws {
        var small = SmallPlan(tables: 1)
        let (q, k) = (
            small.column("q", [Axis(.position, 4), Axis(.head, 3)]),
            small.column("k", [Axis(.position, 4), Axis(.head, 3)])
        )
        let pattern = try small.step("pattern", .attentionPattern(AttentionPattern(causal: true, scale: 1)), q, k)
        small.root("a", try small.step("a", .mixValues(MixValues()), pattern, k))
        small.root("b", try small.step("b", .mixValues(MixValues()), pattern, k))
        let stages = try Planner(limits: DeviceLimits(memory: 1 << 30, workers: 1, preferredArena: 1 << 20))
            .stages(small.plan, datasetRows: 5, replicates: 7)
        let last = try #require(stages.last?.plan)
        #expect(names(last) == ["attention"])
        #expect(try small.bits(of: last) == small.bits(of: small.plan))
    }
}
