import ScrubCore
import ScrubOps
import ScrubPlan
import ScrubPlanner
import Testing

/// The passes on plans that merge positions and sources, add directions and look classes up: no stage changes a bit,
/// and nothing is computed that nobody reads.
@Suite struct MergedPlanTests {
    private static let count = 6
    private let position = Axis(.position, count)
    private let model = Axis(.model, 4)
    private let head = Axis(.head, 3)

    private func picks(_ inputs: [Int]) -> Op {
        .mergePositions(MergePositions(inputs.enumerated().map { .init(input: $1, position: $0) }))
    }

    /// A head whose tokens, pattern, values and output are each from more than one draw, read at `positions`.
    private func head(read positions: [Int]) throws -> SmallPlan {
        var small = SmallPlan(tables: 4)
        let tokens = small.column("tokens", [position], below: 5)
        let drawn = try (0..<4).map { try small.step("tokens \($0)", .gather(Gather(table: $0)), tokens) }
        let (w, out) = (small.weight("W_E", [Axis(.vocabulary, 5), model]), small.weight("W_O", [head, model]))
        func embed(_ name: String, _ tokens: Int) throws -> Int { try small.step(name, .embed(Embed()), tokens, w) }
        var weights: [Character: Int] = [:]
        for part in "qkv" { weights[part] = small.weight("W_\(part)", [model, head]) }
        func project(_ name: String, _ x: Int) throws -> Int {
            try small.step(name, .linear(Linear()), x, #require(name.first.flatMap { weights[$0] }))
        }
        // Position 2 and 5 of the stream follow another draw.
        let split = try embed("split", small.step("merged", picks([0, 0, 1, 0, 0, 1]), drawn[0], drawn[1]))
        let late = try small.step(
            "late", picks([0, 1, 1, 0, 2, 1]), embed("x0", drawn[0]), embed("x1", drawn[1]), embed("x2", drawn[2]))
        var patterns: [Int] = []
        for (number, x) in [split, late, try embed("x3", drawn[3])].enumerated() {
            let pattern = Op.attentionPattern(AttentionPattern(causal: true, scale: 0.6))
            patterns.append(
                try small.step("pattern \(number)", pattern, project("q \(number)", x), project("k \(number)", x)))
        }
        let merged = try small.step(
            "sources", .mergeSources(MergeSources(parts: [.offsets([1]), .keys([0, 3])])), patterns[0], patterns[1],
            patterns[2])
        let values = try project("v", late)
        let z = try small.step("z", .mixValues(MixValues()), merged, values)
        let lone = try small.step("lone", .mixValues(MixValues()), patterns[1], values)
        // A part along a direction, from another draw; one that only the class gives; one that grows with the position.
        let scale = try small.step(
            "scale", .lookup(Lookup()),
            small.step("class 2", .gather(Gather(table: 2)), small.column("class", .scalar, below: 3)),
            small.weight("by class", [Axis(.group, 3)]))
        let direction = small.weight("direction", [model])
        let along = try small.step("along", .outer(Outer(positions: Self.count)), scale, direction)
        let each = try small.step(
            "each", .outer(Outer(positions: Self.count)),
            small.step("slope 1", .gather(Gather(table: 1)), small.column("slope", [position])), direction)
        let vector = try small.step(
            "vector", .lookup(Lookup()),
            small.step("class 3", .gather(Gather(table: 3)), small.column("other", .scalar, below: 2)),
            small.weight("vectors", [Axis(.group, 2), model]))
        let sum = try small.step(
            "sum", .sum(Sum()), small.step("o", .linear(Linear()), small.step("both", .sum(Sum()), z, lone), out),
            along,
            vector)
        let changed = try small.step("changed", .difference(Difference()), sum, each)
        let scaled = try small.step("scaled", .product(Product()), changed, split)
        let constant = small.weight("mean", [position, model])
        let mean = try small.step("with mean", .product(Product()), scaled, constant)
        let mixed = try small.step("part mean", picks([0, 1, 0, 1, 0, 0]), mean, constant)
        small.root("read", try small.step("read", .selectPositions(SelectPositions(positions)), scaled))
        small.root("mean", try small.step("read mean", .selectPositions(SelectPositions(positions)), mixed))
        return small
    }

    private func stages(_ small: SmallPlan, memory: Int = 1 << 30) throws -> [Stage] {
        try Planner(limits: DeviceLimits(memory: memory, workers: 1, preferredArena: 1 << 20))
            .stages(small.plan, datasetRows: 5, replicates: 7)
    }

    @Test(arguments: [[0], [5], [2, 4], [1, 1, 0], Array(0..<count)]) func noStageChangesABit(_ read: [Int]) throws {
        let small = try head(read: read)
        let expected = try small.bits(of: small.plan)
        #expect(expected.values.allSatisfy { !$0.isEmpty })
        for stage in try stages(small) { #expect(try small.bits(of: stage.plan) == expected, "\(stage.name)") }
    }

    /// One position read, without the mean: one row of everything that goes position by position.
    @Test func onlyWhatIsReadIsComputed() throws {
        var small = try head(read: [4])
        small.plan.roots.removeLast()
        let plan = try #require(try stages(small).last?.plan)
        func value(_ name: String) -> Value? { plan.values.first { $0.name == name } }
        for name in ["sources", "pattern 0", "pattern 2", "z", "along", "each", "changed", "scaled"] {
            #expect(value(name)?.type.shape.axes.first == Axis(.position, 1), "\(name)")
        }
        let queries = plan.steps.compactMap { step in
            if case .mergeSources(let merge) = step.op { merge.queries } else { nil }
        }
        #expect(queries == [[4]])
        // Keys and values are needed at every position.
        #expect(value("v")?.type.shape.axes.first == position)
    }

    private func twoDraws(read: [Int]) throws -> SmallPlan {
        var small = SmallPlan(tables: 2)
        var parts: [Int] = []
        for (number, name) in ["a", "b"].enumerated() {
            let drawn = try small.step(
                "drawn \(name)", .gather(Gather(table: number)), small.column(name, [position, model]))
            parts.append(try small.step("active \(name)", .activation(Activation(.relu)), drawn))
        }
        let merged = try small.step("merged", picks([0, 0, 1, 1, 0, 1]), parts[0], parts[1])
        small.root("y", try small.step("y", .selectPositions(SelectPositions(read)), merged))
        return small
    }

    @Test func aMergerTakesPositionsFromWhereTheyAreComputed() throws {
        let small = try twoDraws(read: [4, 2, 1])
        let plan = try #require(try stages(small).last?.plan)
        func count(_ name: String) -> Int? { plan.values.first { $0.name == name }?.type.shape.axes[0].count }
        #expect(count("active a") == 2 && count("active b") == 1)
        let merges = plan.steps.compactMap { step in
            if case .resampleGather(let merge) = step.op { merge.terms } else { nil }
        }
        // Position 1 of a, 2 of b and 4 of a, which are the first, the only and the second computed.
        #expect(
            merges == [
                [
                    ResampleGather.Term(table: 0, positions: [0, nil, 1]),
                    ResampleGather.Term(table: 1, positions: [nil, 0, nil]),
                ]
            ])
        #expect(try small.bits(of: plan) == small.bits(of: small.plan))
    }

    /// What is merged from one draw alone is selected, and a merger's input that gives nothing is not computed.
    @Test func mergersOfOnePartGo() throws {
        let small = try twoDraws(read: [4, 1])
        let plan = try #require(try stages(small).last?.plan)
        #expect(!plan.steps.contains { if case .mergePositions = $0.op { true } else { false } })
        #expect(!plan.inputs.contains { $0.source == .column("b") })
        #expect(try small.bits(of: plan) == small.bits(of: small.plan))
    }

    /// A table of classes is not blown up to the dataset: the lookup stays with the samples.
    @Test func lookupsAreNotHoisted() throws {
        let plan = try #require(try stages(head(read: [3])).last?.plan)
        let lookups = plan.steps.filter { if case .lookup = $0.op { true } else { false } }
        #expect(lookups.count == 2)
        #expect(lookups.allSatisfy { plan.values[$0.output].rows == .replicates })
    }
}
