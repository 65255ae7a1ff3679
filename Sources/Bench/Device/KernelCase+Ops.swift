import Scrubjay

extension KernelCase {
    /// One large case of an op, at widths of GPT-2 small.
    static func large(_ kind: Op, _ sizes: KernelSizes) throws -> KernelCase {
        let stream: Shape = [Axis(.position, 16), Axis(.model, 768)]
        let (vector, head): (Shape, Shape) = ([Axis(.model, 768)], [Axis(.position, 1024), Axis(.head, 64)])
        let short: Shape = [Axis(.position, 128), Axis(.head, 64)]
        let pattern: Shape = [Axis(.position, 128), Axis(.source, 128)]
        let tokens: Shape = [Axis(.position, 1024)]
        let pairs: Shape = [Axis(.position, 1024), Axis(.logit, 2)]
        let logits: Shape = [Axis(.position, 1), Axis(.logit, sizes.vocabulary)]
        let answer = KernelOperand.integers([Axis(.position, 1)], below: sizes.vocabulary)
        let (x, p) = (KernelOperand.row(stream), KernelOperand.row(logits))
        func made(_ op: Op, _ operands: [KernelOperand]) throws -> KernelCase { try sized(op, operands, sizes) }

        switch kind {
        case .absoluteError: return try made(.absoluteError(AbsoluteError(scale: 1)), [x, x])
        case .activation: return try made(.activation(Activation(.gelu)), [x])
        case .attention:
            return try made(.attention(Attention(causal: true, scale: 0.125)), [head, head, head].map { .row($0) })
        case .attentionPattern:
            return try made(
                .attentionPattern(AttentionPattern(causal: true, scale: 0.125)), [.row(short), .row(short)])
        case .binaryCrossEntropy:
            return try made(.binaryCrossEntropy(BinaryCrossEntropy()), [.row(pairs), .integers(tokens, below: 2)])
        case .crossEntropy: return try made(.crossEntropy(CrossEntropy()), [p, answer])
        case .difference: return try made(.difference(Difference()), [x, x])
        case .embed:
            return try made(
                .embed(Embed()),
                [
                    .integers(tokens, below: sizes.vocabulary),
                    .constant([Axis(.vocabulary, sizes.vocabulary), Axis(.model, 768)]),
                    .constant([Axis(.position, 1024), Axis(.model, 768)]),
                ])
        case .expectedBinaryCrossEntropy:
            return try made(
                .expectedBinaryCrossEntropy(ExpectedBinaryCrossEntropy()), [.row(pairs), .constant(tokens)])
        case .expectedCrossEntropy:
            return try made(.expectedCrossEntropy(ExpectedCrossEntropy()), [p, .constant(logits)])
        case .expectedLabelScore:
            return try made(.expectedLabelScore(ExpectedLabelScore(.logit)), [p, .constant(logits)])
        case .expectedSquaredError:
            return try made(
                .expectedSquaredError(ExpectedSquaredError(scale: 1)), [x, .constant(stream), .constant(.scalar)])
        case .gather: return gathers(kind.name, stream, sources: 1, sizes) { .gather(Gather(table: $0[0])) }
        case .klDivergence: return try made(.klDivergence(KLDivergence()), [p, p])
        case .labelLogit:
            return try made(
                .labelLogit(LabelLogit(biased: true)),
                [
                    .row([Axis(.position, 1), Axis(.model, 768)]),
                    .constant([Axis(.model, 768), Axis(.logit, sizes.vocabulary)]), answer,
                    .constant([Axis(.logit, sizes.vocabulary)]),
                ])
        case .labelScore: return try made(.labelScore(LabelScore(.logit)), [p, answer])
        case .layerNorm:
            return try made(.layerNorm(LayerNorm(epsilon: 1e-5)), [x, .constant(vector), .constant(vector)])
        case .linear:
            return try made(
                .linear(Linear()),
                [x, .constant([Axis(.model, 768), Axis(.neuron, 3072)]), .constant([Axis(.neuron, 3072)])])
        case .lookup:
            let groups = max(1, sizes.coldBytes / 2 / (4 * stream.count))
            return try made(
                .lookup(Lookup()),
                [.integers(.scalar, below: groups), .constant(Shape([Axis(.group, groups)] + stream.axes))])
        case .mergePositions:
            let picks = (0..<16).map { MergePositions.Pick(input: $0 % 2, position: $0) }
            return try made(.mergePositions(MergePositions(picks)), [x, x])
        case .mergeSources:
            return try made(
                .mergeSources(MergeSources(parts: [.offsets([1])])), [.row(pattern), .row(pattern)])
        case .mixValues: return try made(.mixValues(MixValues()), [.row(pattern), .row(short)])
        case .outer:
            return try made(.outer(Outer(positions: 16)), [.row([Axis(.position, 16)]), .constant(vector)])
        case .paddingMask: return try made(.paddingMask(PaddingMask(token: 1)), [.integers(tokens, below: 4)])
        case .product: return try made(.product(Product()), [x, x])
        case .resampleGather: return gathers(kind.name, stream, sources: 4, sizes) { .resampleGather(sum(of: $0)) }
        case .selectPositions: return try made(.selectPositions(SelectPositions([15])), [x])
        case .squaredError: return try made(.squaredError(SquaredError(scale: 1)), [x, x])
        case .sum: return try made(.sum(Sum()), [x, x, x])
        }
    }

    /// With as many replicates as make a launch cold.
    private static func sized(_ op: Op, _ operands: [KernelOperand], _ sizes: KernelSizes) throws -> KernelCase {
        var sized = KernelCase(op.name, op, operands, replicates: 1)
        sized.replicates = sizes.rows(of: Int(try sized.step().bytes))
        return sized
    }
}
