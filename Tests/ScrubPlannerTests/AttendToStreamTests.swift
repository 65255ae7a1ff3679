import ScrubCore
import ScrubOps
import ScrubPlan
import ScrubPlanner
import Testing

/// Keys and values of a mixed stream that one query reads are not projected; what is known, or read by many, is.
@Suite struct AttendToStreamTests {
    /// A head of width 3 over a stream of width 8 at 12 positions, read at some of them.
    ///
    /// - Parameters:
    ///   - mixed: of how many positions the stream is of several data.
    ///   - masked: whether a padding mask is there, and whether it masks every key.
    private func head(
        read: [Int] = [0], mixed: Int = 12, causal: Bool = false, fused: Bool = true, masked: Bool? = nil
    ) throws -> SmallPlan {
        var small = SmallPlan(tables: 3)
        let (position, model) = (Axis(.position, 12), Axis(.model, 8))
        let a = try small.step("a", .gather(Gather(table: 1)), small.column("x", [position, model]))
        let b = try small.step("b", .gather(Gather(table: 2)), small.column("y", [position, model]))
        let picks = (0..<12).map { MergePositions.Pick(input: $0 < mixed ? 1 : 0, position: $0) }
        let x = try small.step(
            "x", .mergePositions(MergePositions(picks)), a, small.step("sum", .sum(Sum()), a, b))
        func projected(_ name: String, _ width: Int, of x: Int) throws -> Int {
            let axis = Axis(.head, width)
            return try small.step(
                name, .linear(Linear()), x, small.weight("W_\(name)", [model, axis]), small.weight("b_\(name)", [axis]))
        }
        let (q, k, v) = (try projected("q", 3, of: b), try projected("k", 3, of: x), try projected("v", 2, of: x))
        var operands = [q, k]
        if let masked {
            let tokens = small.column("tokens", [position], below: masked ? 1 : 3)
            let mask = try small.step("mask", .paddingMask(PaddingMask(token: 0)), tokens)
            operands.append(try small.step("drawn mask", .gather(Gather(table: 1)), mask))
        }
        let z: Int
        if fused {
            let all = [q, k, v] + operands.dropFirst(2)
            z = try small.step("z", .attention(Attention(causal: causal, scale: 0.6)), all)
        } else {
            let pattern = try small.step(
                "pattern", .attentionPattern(AttentionPattern(causal: causal, scale: 0.6)), operands)
            z = try small.step("z", .mixValues(MixValues()), pattern, v)
        }
        small.root("scrubbed", try small.step("read", .selectPositions(SelectPositions(read)), z))
        return small
    }

    private func widths(_ plan: Plan) -> [Axis.Name?] {
        plan.steps.flatMap { step -> [Int] in
            switch step.op {
            case .attention: [step.inputs[1], step.inputs[2]]
            case .attentionPattern, .mixValues: [step.inputs[1]]
            default: []
            }
        }.map { plan.values[$0].type.shape.axes.last?.name }
    }

    @Test(arguments: [false, true], [nil, false, true] as [Bool?]) func staysWithinTheTolerance(
        fused: Bool, masked: Bool?
    ) throws {
        for causal in [false, true] {
            let small = try head(read: [11], causal: causal, fused: fused, masked: masked)
            let attending = try AttendToStream().apply(small.plan)
            #expect(widths(attending) == [.model, .model])
            #expect(try small.error(of: attending) < AttendToStream.tolerance)
            #expect(try AttendToStream().apply(attending) == attending)
            #expect(attending.inputs.contains { $0.source == .transposedWeight("W_k", slice: nil) })
            #expect(!attending.inputs.contains { $0.source == .weight("b_k", slice: nil) })
        }
    }

    @Test func leavesWhatIsReadAtManyPositions() throws {
        let small = try head(read: Array(0..<12))
        #expect(try AttendToStream().apply(small.plan) == small.plan)
        #expect(widths(try AttendToStream(gain: 0).apply(small.plan)) == [.model, .model])
    }

    @Test func leavesWhatIsKnownAtMostPositions() throws {
        for mixed in [0, 1, 2] {
            let small = try head(mixed: mixed)
            #expect(try AttendToStream().apply(small.plan) == small.plan, "\(mixed)")
        }
    }

    /// Shares of other data for some keys do not add up to 1: the values' bias is not theirs once.
    @Test func leavesValuesOfMergedPatterns() throws {
        var small = SmallPlan(tables: 3)
        let (position, model, head) = (Axis(.position, 12), Axis(.model, 8), Axis(.head, 3))
        let x = small.column("x", [position, model])
        let a = try small.step("a", .gather(Gather(table: 1)), x)
        let b = try small.step("b", .gather(Gather(table: 2)), x)
        let shares: Shape = [Axis(.position, 1), Axis(.source, 12)]
        let (p, q) = (
            try small.step("p", .gather(Gather(table: 1)), small.column("P", shares)),
            try small.step("q", .gather(Gather(table: 2)), small.column("Q", shares))
        )
        let merged = try small.step("merged", .mergeSources(MergeSources(parts: [.keys([0])])), p, q)
        let v = try small.step(
            "v", .linear(Linear()), small.step("sum", .sum(Sum()), a, b), small.weight("W_V", [model, head]),
            small.weight("b_V", [head]))
        small.root("scrubbed", try small.step("z", .mixValues(MixValues()), merged, v))
        #expect(try AttendToStream(gain: 0).apply(small.plan) == small.plan)
    }

    /// The planner does so before everything else, with passes and without; the rest changes no bit.
    @Test func alwaysRuns() throws {
        let small = try head()
        let expected = try small.bits(of: AttendToStream().apply(small.plan))
        for optimises in [false, true] {
            let planner = Planner(
                limits: DeviceLimits(memory: 1 << 30, workers: 1, preferredArena: 1 << 20), optimises: optimises)
            let stages = try planner.stages(small.plan, datasetRows: 5, replicates: 7)
            let last = try #require(stages.last?.plan)
            #expect(widths(last) == [.model, .model])
            #expect(try small.bits(of: last) == expected)
            #expect(try planner.makes(last, of: small.plan))
        }
    }
}
