import ScrubCore
import ScrubOps
import ScrubPlan
import ScrubPlanner
import Testing

/// A plan that is as small as it can be for a pass to have something to do.
struct PassCase: Sendable, CustomTestStringConvertible {
    let pass: any Pass
    let make: @Sendable () throws -> SmallPlan

    var name: String { type(of: pass).name }
    var testDescription: String { name }

    private init(_ pass: any Pass, _ make: @escaping @Sendable () throws -> SmallPlan) {
        self.pass = pass
        self.make = make
    }

    /// With so many tables, and roots that `body` names.
    private init(_ kind: PassKind, tables: Int, _ body: @escaping @Sendable (inout SmallPlan) throws -> Void) {
        self.init(kind.pass(recomputing: [RecomputedGather(value: "y", table: 1)])) {
            var small = SmallPlan(tables: tables)
            try body(&small)
            return small
        }
    }

    private static let position = Axis(.position, 3)
    private static let stream: Shape = [position, Axis(.model, 2)]
    private static let relu = Op.activation(Activation(.relu))
    private static let pattern = Op.attentionPattern(AttentionPattern(causal: true, scale: 1))

    static let all: [PassCase] = [
        PassCase(AttendToStream()) {
            var small = SmallPlan(tables: 3)
            let (position, model, head) = (Axis(.position, 9), Axis(.model, 4), Axis(.head, 3))
            let stream: Shape = [position, model]
            let a = try small.step("a", .gather(Gather(table: 1)), small.column("x", stream))
            let b = try small.step("b", .gather(Gather(table: 2)), small.column("y", stream))
            let x = try small.step("x", .sum(Sum()), a, b)
            let q = try small.step("q", .gather(Gather(table: 1)), small.column("Q", [Axis(.position, 1), head]))
            let k = try small.step(
                "k", .linear(Linear()), x, small.weight("W_K", [model, head]), small.weight("b_K", [head]))
            let v = try small.step(
                "v", .linear(Linear()), x, small.weight("W_V", [model, head]), small.weight("b_V", [head]))
            let attention = Op.attention(Attention(causal: false, scale: 0.5, queries: [8]))
            small.root("scrubbed", try small.step("z", attention, q, k, v))
            return small
        },
        PassCase(.recomputePatterns, tables: 2) { small in
            let (q, k) = (
                small.column("q", [position, Axis(.head, 1)]), small.column("k", [position, Axis(.head, 1)])
            )
            let drawn = try small.step(
                "drawn", .gather(Gather(table: 1)), small.step("pattern", pattern, q, k))
            small.root("scrubbed", drawn)
        },
        PassCase(.fuseAttention, tables: 1) { small in
            let head: Shape = [position, Axis(.head, 2)]
            let (q, k, v) = (small.column("q", head), small.column("k", head), small.column("v", head))
            let mix = try small.step("z", .mixValues(MixValues()), small.step("pattern", pattern, q, k), v)
            small.root("model", mix)
        },
        PassCase(.shareCommonSteps, tables: 2) { small in
            let x = small.column("x", stream)
            let (a, b) = (
                try small.step("a", .gather(Gather(table: 1)), x), try small.step("b", .gather(Gather(table: 1)), x)
            )
            small.root("scrubbed", try small.step("y", .sum(Sum()), small.step("c", relu, a), small.step("d", relu, b)))
        },
        PassCase(.hoistToDataset, tables: 2) { small in
            let x = small.column("x", stream)
            small.root("model", try small.step("y", relu, x))
            let drawn = try small.step("x @ draw", .gather(Gather(table: 1)), x)
            small.root("scrubbed", try small.step("y @ draw", relu, drawn))
        },
        PassCase(.shareSumPrefixes, tables: 1) { small in
            let x = try (0..<4).map { try small.step("x\($0)", relu, small.column("c\($0)", stream)) }
            let lower = try small.step("lower", .sum(Sum()), x[0], x[1], x[2])
            small.root("lower", lower)
            small.root("upper", try small.step("upper", .sum(Sum()), x[0], x[1], x[2], x[3]))
        },
        PassCase(.recomputeValues, tables: 2) { small in
            let y = try small.step("y", relu, small.column("x", stream))
            small.root("scrubbed", try small.step("y @ draw", .gather(Gather(table: 1)), y))
        },
        PassCase(.slicePositions, tables: 1) { small in
            let y = try small.step("y", relu, small.column("x", stream))
            small.root("model", try small.step("read", .selectPositions(SelectPositions([2])), y))
        },
        PassCase(.dropDeadSteps, tables: 1) { small in
            let x = small.column("x", stream)
            small.root("model", try small.step("y", relu, x))
            _ = try small.step("nobody's", .sum(Sum()), x, small.column("z", stream))
        },
        PassCase(.pickLogits, tables: 1) { small in
            let w = small.weight("W_U", [Axis(.model, 2), Axis(.logit, 64)])
            let labels = small.column("labels", [position], below: 64)
            for name in ["x", "y"] {
                let logits = try small.step("logits of \(name)", .linear(Linear()), small.column(name, stream), w)
                small.root(name, try small.step("loss of \(name)", .labelScore(LabelScore(.logit)), logits, labels))
            }
        },
        PassCase(.fuseResampleGather, tables: 3) { small in
            let (x, y) = (small.column("x", stream), small.column("y", stream))
            let (a, b) = (
                try small.step("a", .gather(Gather(table: 1)), x), try small.step("b", .gather(Gather(table: 2)), y)
            )
            small.root("scrubbed", try small.step("both", .sum(Sum()), a, b))
        },
        PassCase(
            ChooseChunks(
                limits: DeviceLimits(memory: 1 << 20, workers: 1, preferredArena: 100), datasetRows: 5, replicates: 7)
        ) {
            var small = SmallPlan(tables: 1)
            let x = small.column("x", stream)
            small.root("model", try small.step("y", relu, x))
            small.root("scrubbed", try small.step("x @ reference", .gather(Gather(table: 0)), x))
            return small
        },
    ]
}
