internal import ScrubCore
internal import ScrubOps

/// Whole transformers with random weights, run plain on the dataset's rows and resampled on replicates.
enum ModelCases {
    static let all = [bidirectional, causal]

    /// What a few hundred float32 operations in a row may lose, with room for any order of summation.
    private static let tolerance = Tolerance(
        absolute: 1e-5, relative: 1e-5, reason: "two layers in float32: about 160 u for some 40 operations in a row")

    /// Padding mask, layer norms, ReLU, one logit read at position 0: a classifier of short strings. Of layer 0, head 0
    /// and the embedding run on data of their own and everything else on the others datum; layer 1 follows the mixed
    /// stream.
    private static let bidirectional = {
        var plan = CaseBuilder(datasetRows: 6, reference: [0, 1, 2, 3, 4, 5, 5, 3, 1, 0])
        let claimed = plan.table("a0.h0", [3, 1, 0, 0, 2, 5, 4, 4, 1, 2])
        let others = plan.table("output/others", [5, 0, 2, 1, 1, 4, 3, 0, 2, 5])
        let tokens = plan.column("tokens", positions(9), .int32, .integers(low: 0, high: 7))
        let labels = plan.column("labels", positions(1), .int32, .integers(low: 0, high: 2))
        let mask = plan.step(.paddingMask(PaddingMask(token: 0)), tokens)
        let form = ModelForm(
            length: 9, width: 24, heads: 2, head: 11, neurons: 33, causal: false, norms: true, activation: .relu)
        var model = ModelWriter(form, plan)

        let embedded = model.embed(tokens, vocabulary: 7)
        let heads = model.heads(0, q: embedded, k: embedded, v: embedded, mask: mask)
        let middle = model.sum([embedded] + heads + [model.attentionBias(0)])
        let plain = model.sum([middle, model.mlp(0, middle)])
        let loss = model.classify(plain, mask: mask, labels: labels)
        model.plan.root("model", loss.binary)
        let probability = model.plan.statistic("labels", positions(1), .values([0.375]))
        model.plan.root(
            "baseline",
            model.plan.step(.expectedBinaryCrossEntropy(ExpectedBinaryCrossEntropy()), loss.logits, probability))

        let mixed = model.sum([
            model.plan.gather(embedded, by: 0), model.plan.gather(heads[0], by: claimed),
            model.plan.gather(heads[1], by: others), model.attentionBias(0),
        ])
        let stream = model.sum([mixed, model.mlp(0, mixed)])
        let scrubbed = model.classify(
            stream, mask: model.plan.gather(mask, by: others), labels: model.plan.gather(labels, by: 0))
        model.plan.root("scrubbed", scrubbed.binary)
        return model.plan.finish("model: bidirectional, masked, layer norm, relu", subject: "model", tolerance)
    }()

    /// No layer norms, GELU, a next-token loss over weighted positions. The queries of layer 1, head 1 see another
    /// datum than its keys and values, and layer 0's MLP a third.
    private static let causal = {
        var plan = CaseBuilder(datasetRows: 7, reference: [6, 5, 4, 3, 2, 1, 0, 0])
        let queries = plan.table("a1.h1.q", [0, 1, 2, 3, 4, 5, 6, 6])
        let others = plan.table("output/others", [1, 1, 4, 0, 6, 2, 2, 3])
        let tokens = plan.column("tokens", positions(8), .int32, .integers(low: 0, high: 13))
        let labels = plan.column("labels", positions(8), .int32, .integers(low: 0, high: 13))
        let weights = plan.statistic("weights", positions(8), .values([0, 0.125, 0.125, 0.125, 0.125, 0.25, 0.25, 0]))
        let form = ModelForm(
            length: 8, width: 17, heads: 3, head: 5, neurons: 28, causal: true, norms: false, activation: .gelu)
        var model = ModelWriter(form, plan)

        let embedded = model.embed(tokens, vocabulary: 13)
        let heads = model.heads(0, q: embedded, k: embedded, v: embedded, mask: nil)
        let middle = model.sum([embedded] + heads + [model.attentionBias(0)])
        let neurons = model.mlp(0, middle)
        let plain = model.sum([middle, neurons])
        model.plan.root("model", model.predict(plain, plain, labels: labels, weights: weights))

        let stream = model.sum([model.plan.gather(middle, by: 0), model.plan.gather(neurons, by: others)])
        let asked = model.plan.gather(plain, by: queries)
        let losses = model.predict(stream, asked, labels: model.plan.gather(labels, by: 0), weights: weights)
        model.plan.root("scrubbed", losses)
        return model.plan.finish("model: causal, no norm, gelu", subject: "model", tolerance)
    }()
}

extension ModelWriter {
    /// Layer 1 at position 0 alone, the final norm, one logit and its loss.
    fileprivate mutating func classify(_ stream: Int, mask: Int, labels: Int) -> (binary: Int, logits: Int) {
        let first = Op.selectPositions(SelectPositions([0]))
        let asking = plan.step(first, stream)
        let heads = heads(1, q: asking, k: stream, v: stream, mask: mask, queries: [0])
        let middle = sum([asking] + heads + [attentionBias(1)])
        let last = norm("final", sum([middle, mlp(1, middle)]))
        let logits = linear("unembed", last, Axis(.logit, 1), bias: true)
        return (plan.step(.binaryCrossEntropy(BinaryCrossEntropy()), logits, labels), logits)
    }

    /// Layer 1 with head 1's queries from `asked`, the logits and their loss.
    fileprivate mutating func predict(_ stream: Int, _ asked: Int, labels: Int, weights: Int) -> Int {
        var heads = heads(1, q: stream, k: stream, v: stream, mask: nil)
        heads[1] = head(1, 1, q: asked, k: stream, v: stream, mask: nil)
        let middle = sum([stream] + heads + [attentionBias(1)])
        let last = sum([middle, mlp(1, middle)])
        let logits = linear("unembed", last, Axis(.logit, 13), bias: false)
        return plan.step(.crossEntropy(CrossEntropy()), logits, labels, weights)
    }
}
