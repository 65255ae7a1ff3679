internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// The sizes and choices of a small transformer.
struct ModelForm {
    var length: Int
    var width: Int
    var heads: Int
    var head: Int
    var neurons: Int
    var causal: Bool
    var norms: Bool
    var activation: Activation.Function
}

/// Writes the parts of a small transformer into a case's plan, with the weights' names bound once however often they
/// are read.
struct ModelWriter {
    let form: ModelForm
    var plan: CaseBuilder
    private var weights: [String: Int] = [:]

    init(_ form: ModelForm, _ plan: CaseBuilder) {
        self.form = form
        self.plan = plan
    }

    private var model: Axis { Axis(.model, form.width) }

    mutating func embed(_ tokens: Int, vocabulary: Int) -> Int {
        let words = weight("embed.W_E", [Axis(.vocabulary, vocabulary), model], .symmetric(1))
        let places = weight("pos_embed.W_pos", [Axis(.position, form.length), model], .symmetric(1))
        return plan.step(.embed(Embed()), tokens, words, places)
    }

    mutating func sum(_ terms: [Int]) -> Int { plan.step(.sum(Sum()), terms) }

    /// The layer norm called `name`, or its input where the form has none.
    mutating func norm(_ name: String, _ x: Int) -> Int {
        guard form.norms else { return x }
        let w = weight("\(name).w", [model], .uniform(low: 0.5, high: 1.5))
        let b = weight("\(name).b", [model], .symmetric(0.5))
        return plan.step(.layerNorm(LayerNorm(epsilon: 1e-5)), x, w, b)
    }

    mutating func linear(_ name: String, slice: Int? = nil, _ x: Int, _ out: Axis, bias: Bool) -> Int {
        guard let inner = plan.plan.values[x].type.shape.axes.last else { return x }
        let matrix = weight("\(name).W", slice: slice, [inner, out], .weights(inner: inner.count))
        let b = bias ? [weight("\(name).b", slice: slice, [out], .symmetric(0.25))] : []
        return plan.step(.linear(Linear()), [x, matrix] + b)
    }

    /// What each head of `layer` adds to the residual stream.
    mutating func heads(_ layer: Int, q: Int, k: Int, v: Int, mask: Int?, queries: [Int]? = nil) -> [Int] {
        var terms: [Int] = []
        for number in 0..<form.heads {
            terms.append(head(layer, number, q: q, k: k, v: v, mask: mask, queries: queries))
        }
        return terms
    }

    mutating func head(_ layer: Int, _ number: Int, q: Int, k: Int, v: Int, mask: Int?, queries: [Int]? = nil) -> Int {
        let name = "blocks.\(layer)"
        let inside = Axis(.head, form.head)
        let projected = [("Q", q), ("K", k), ("V", v)].map { part, stream in
            linear("\(name).attn.\(part)", slice: number, norm("\(name).ln1", stream), inside, bias: true)
        }
        let scale = Float(1 / Double(form.head).squareRoot())
        let attention = Attention(causal: form.causal, scale: scale, queries: queries)
        let z = plan.step(.attention(attention), projected + (mask.map { [$0] } ?? []))
        return linear("\(name).attn.O", slice: number, z, model, bias: false)
    }

    mutating func attentionBias(_ layer: Int) -> Int { weight("blocks.\(layer).attn.b_O", [model], .symmetric(0.25)) }

    mutating func mlp(_ layer: Int, _ stream: Int) -> Int {
        let name = "blocks.\(layer)"
        let before = linear("\(name).mlp.in", norm("\(name).ln2", stream), Axis(.neuron, form.neurons), bias: true)
        let after = plan.step(.activation(Activation(form.activation)), before)
        return linear("\(name).mlp.out", after, model, bias: true)
    }

    private mutating func weight(_ name: String, slice: Int? = nil, _ shape: Shape, _ fill: Fill) -> Int {
        let key = "\(name)[\(slice ?? -1)]"
        if let bound = weights[key] { return bound }
        let value = plan.weight(name, slice: slice, shape, fill)
        weights[key] = value
        return value
    }
}
