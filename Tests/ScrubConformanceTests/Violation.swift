import ScrubCore
import ScrubOps
import Testing

/// Inputs that break one numbered constraint of an op, and what is said of them.
struct Violation: Sendable, CustomTestStringConvertible {
    var op: Op
    var constraint: Int
    var inputs: [ValueType]
    /// What follows `op (Cn): expected ` and precedes `, found …`.
    var expected: String

    init(_ op: Op, _ constraint: Int, _ inputs: [ValueType], _ expected: String) {
        self.op = op
        self.constraint = constraint
        self.inputs = inputs
        self.expected = expected
    }

    var testDescription: String { "\(op.name) C\(constraint)" }

    /// In the order of the ops' names. A scan of the documentation finds what is missing here.
    static let all = [
        Violation(
            .absoluteError(AbsoluteError(scale: 1)), 1, [model(3, 4), model(4, 3)], "two float32 values of one shape"),
        Violation(.activation(Activation(.relu)), 1, [tokens(3)], "one float32 value"),
        Violation(attention, 1, [head(2, 4), head(3, 4)], "q, k, v and perhaps mask"),
        Violation(
            attention, 2, [head(2, 4), head(3, 4), logits(3, 4)],
            "q, k and v as [position, head] or [position, model], q as k"),
        Violation(
            attention, 2, [head(2, 4), model(3, 4), head(3, 4)],
            "q, k and v as [position, head] or [position, model], q as k"),
        Violation(attention, 3, [head(2, 5), head(3, 4), head(3, 6)], "q and k of one width, k and v of one length"),
        Violation(attention, 3, [head(2, 4), head(3, 4), head(2, 6)], "q and k of one width, k and v of one length"),
        Violation(attention, 4, [head(2, 4), head(3, 4), head(3, 6), weights(2)], "mask [position: 3]"),
        Violation(
            .attention(Attention(causal: false, scale: 1, queries: [0])), 5, [head(2, 4), head(3, 4), head(3, 6)],
            "one query position for each row of q, each a key position when causal"),
        Violation(
            .attention(Attention(causal: true, scale: 1, queries: [0, 3])), 5, [head(2, 4), head(3, 4), head(3, 6)],
            "one query position for each row of q, each a key position when causal"),
        Violation(pattern, 1, [head(2, 4)], "q, k and perhaps mask"),
        Violation(pattern, 2, [head(2, 4), logits(3, 4)], "q and k as [position, head], or both as [position, model]"),
        Violation(pattern, 2, [model(2, 4), head(3, 4)], "q and k as [position, head], or both as [position, model]"),
        Violation(pattern, 3, [head(2, 4), head(3, 5)], "q and k of one width"),
        Violation(pattern, 4, [head(2, 4), head(3, 4), weights(2)], "mask [position: 3]"),
        Violation(
            .attentionPattern(AttentionPattern(causal: true, scale: 1, queries: [0, 3])), 5, [head(2, 4), head(3, 4)],
            "one query position for each row of q, each a key position when causal"),
        Violation(
            .binaryCrossEntropy(BinaryCrossEntropy()), 1, [logits(3, 3), tokens(3)],
            "float32 [position: P, logit: 1 or 2]; int32 [position: P]; perhaps float32 [position: P]"),
        Violation(
            .crossEntropy(CrossEntropy()), 1, [logits(3, 7), weights(3)],
            "float32 [position: P, logit: V]; int32 [position: P]; perhaps float32 [position: P]"),
        Violation(.difference(Difference()), 1, [model(3, 4), vector(4)], "two float32 values of one shape"),
        Violation(
            .embed(Embed()), 1, [weights(3), vectors(7, 4), model(3, 4)],
            "int32 [position]; float32 [vocabulary, model]; perhaps float32 [position, model]"),
        Violation(.embed(Embed(positions: [4])), 2, [tokens(4), vectors(7, 4)], "positions below 4, not 4"),
        Violation(.embed(Embed()), 2, [tokens(4), vectors(7, 4), model(3, 4)], "positions below 3, not 3"),
        Violation(
            .embed(Embed(positions: [0, 9])), 2, [tokens(4), vectors(7, 4), model(5, 4)], "positions below 4, not 9"),
        Violation(
            .expectedBinaryCrossEntropy(ExpectedBinaryCrossEntropy()), 1, [logits(3, 2), tokens(3)],
            "float32 [position: P, logit: 1 or 2]; float32 [position: P] or [position: P, logit: 2]"),
        Violation(
            .expectedCrossEntropy(ExpectedCrossEntropy()), 1, [logits(3, 2), logits(3, 3)],
            "float32 [position: P, logit: V] twice"),
        Violation(
            .expectedLabelScore(ExpectedLabelScore(.correct)), 1, [logits(3, 1), logits(3, 1)],
            "float32 [position: P, logit: V]; float32 [position: P, logit: V, or 2 where V is 1]"),
        Violation(
            .expectedSquaredError(ExpectedSquaredError(scale: 1)), 1, [model(3, 2), model(3, 2), weights(1)],
            "two float32 values of one shape; a float32 scalar"),
        Violation(.gather(Gather(table: 0)), 1, [weights(3), weights(3)], "one value"),
        Violation(
            .klDivergence(KLDivergence()), 1, [logits(3, 2), logits(2, 2)], "float32 [position: P, logit: V] twice"),
        Violation(
            .labelLogit(LabelLogit(biased: false)), 1, [model(3, 4), vectors(4, 7), tokens(2)],
            "float32 x [position: P, model: D]; W [model: D, logit: V]; int32 [position: P]; perhaps float32 [position: P]"
        ),
        Violation(
            .labelScore(LabelScore(.correct)), 1, [logits(3, 7), tokens(2)],
            "float32 [position: P, logit: V]; int32 [position: P]; perhaps float32 [position: P]"),
        Violation(
            .layerNorm(LayerNorm(epsilon: 1e-5)), 1, [model(3, 4), vector(4)], "float32 x, and w, b or neither"),
        Violation(
            .layerNorm(LayerNorm(epsilon: 1e-5)), 2, [model(3, 4), vector(4), vector(3)],
            "w and b of shape [model: 4]"),
        Violation(.linear(Linear()), 1, [model(3, 4)], "float32 x, W and perhaps b"),
        Violation(.linear(Linear()), 2, [model(3, 4), head(4, 4)], "W with x's last axis as its first"),
        Violation(
            .linear(Linear()), 3, [model(3, 4), ValueType([Axis(.model, 4), Axis(.head, 5)]), vector(5)],
            "b [head: 5]"),
        Violation(.lookup(Lookup()), 1, [tokens(1), vectors(7, 4)], "an int32 scalar; a float32 table"),
        Violation(
            .lookup(Lookup()), 2, [ValueType(.scalar, .int32), vectors(7, 4)], "a table whose first axis is group"),
        Violation(.mergePositions(MergePositions([])), 1, [vector(3)], "values over positions"),
        Violation(
            .mergePositions(MergePositions([])), 2, [weights(3), tokens(3)],
            "values of one type but for their positions"),
        Violation(
            .mergePositions(MergePositions([.init(input: 0, position: 2), .init(input: 1, position: 2)])), 3,
            [weights(3), weights(2)], "picks of positions that there are, not 2 of input 1"),
        Violation(
            .mergeSources(MergeSources(parts: [.keys([0])])), 1, [sources(2, 3), sources(2, 4)],
            "float32 [position, source] of one shape"),
        Violation(
            .mergeSources(MergeSources(parts: [.keys([0])])), 2, [sources(2, 3)],
            "2 inputs: one for what is in no part, then the parts'"),
        Violation(
            .mergeSources(MergeSources(parts: [], queries: [4])), 3, [sources(2, 3)],
            "one query position for each row"),
        Violation(
            .mixValues(MixValues()), 1, [head(2, 3), head(3, 4)],
            "float32 [position, source] and [position, head] or [position, model]"),
        Violation(.mixValues(MixValues()), 2, [sources(2, 3), head(2, 4)], "as many sources as v has positions"),
        Violation(.outer(Outer(positions: 3)), 1, [weights(3)], "float32 s and d"),
        Violation(.outer(Outer(positions: 3)), 2, [weights(2), vector(4)], "s as a scalar or [position: 3]"),
        Violation(.outer(Outer(positions: 3)), 3, [weights(3), model(3, 4)], "d with one axis"),
        Violation(.paddingMask(PaddingMask(token: 0)), 1, [weights(3)], "int32 [position]"),
        Violation(.product(Product()), 1, [weights(3), tokens(3)], "two float32 values of one shape"),
        Violation(resampled(nil), 1, [model(3, 4), model(3, 4)], "1 values, one for each term"),
        Violation(resampled(nil, nil), 2, [model(3, 4), model(2, 4)], "values of one type"),
        Violation(
            resampled([0], [1]), 2, [model(3, 4), model(3, 5)], "values of one type but for their positions"),
        Violation(
            resampled([3]), 3, [model(3, 4)], "positions that there are, at least one for each of the output's"),
        Violation(
            resampled([0, nil]), 3, [model(3, 4)], "positions that there are, at least one for each of the output's"),
        Violation(resampled(nil, nil), 4, [tokens(3), tokens(3)], "float32 values"),
        Violation(.selectPositions(SelectPositions([0])), 1, [vector(3)], "one value over positions"),
        Violation(.selectPositions(SelectPositions([0, 3])), 2, [model(3, 4)], "positions below 3, not [0, 3]"),
        Violation(
            .squaredError(SquaredError(scale: 1)), 1, [model(3, 4), model(4, 3)], "two float32 values of one shape"),
        Violation(.sum(Sum()), 1, [], "at least one float32 value"),
        Violation(
            .sum(Sum()), 2, [model(3, 4), weights(3)], "every input [position: 3, model: 4] or [model: 4]"),
    ]

    private static func resampled(_ positions: [Int?]?...) -> Op {
        .resampleGather(ResampleGather(positions.map { ResampleGather.Term(table: 0, positions: $0) }))
    }

    private static let attention = Op.attention(Attention(causal: false, scale: 1))
    private static let pattern = Op.attentionPattern(AttentionPattern(causal: false, scale: 1))

    private static func tokens(_ count: Int) -> ValueType { ValueType([Axis(.position, count)], .int32) }
    private static func weights(_ count: Int) -> ValueType { ValueType([Axis(.position, count)]) }
    private static func vector(_ width: Int) -> ValueType { ValueType([Axis(.model, width)]) }
    private static func model(_ count: Int, _ width: Int) -> ValueType { matrix(.position, count, .model, width) }
    private static func head(_ count: Int, _ width: Int) -> ValueType { matrix(.position, count, .head, width) }
    private static func sources(_ count: Int, _ width: Int) -> ValueType { matrix(.position, count, .source, width) }
    private static func logits(_ count: Int, _ width: Int) -> ValueType { matrix(.position, count, .logit, width) }
    private static func vectors(_ count: Int, _ width: Int) -> ValueType { matrix(.vocabulary, count, .model, width) }

    private static func matrix(_ a: Axis.Name, _ m: Int, _ b: Axis.Name, _ n: Int) -> ValueType {
        ValueType([Axis(a, m), Axis(b, n)])
    }
}
