internal import ScrubCore
public import ScrubGraph
internal import ScrubOps

/// The graph of a transformer whose checkpoint bears TransformerLens's tensor names.
///
/// The residual stream is flattened: each head, each MLP and the unembedding sum the components below them for
/// themselves, so that each has its own input and its own norm. Components: `tokens`, `embed` (token and position),
/// `mask` (where there is a padding token), `a<layer>.h<head>`, `m<layer>`, `logits`. Wiring inside a
/// head: `input`, `norm`, `q`, `k`, `v`, `pattern`, `z`; inside an MLP: `input`, `norm`, `pre`, `post`; inside the logits:
/// `input`, `norm`. `TransformerNames` has what others call them. Biases that belong to no head are added with the sum that reads them; they are the same for every
/// datum.
public struct Transformer {
    private let configuration: TransformerConfiguration
    private let checkpoint: Checkpoint
    private var graph = Graph()
    /// Components written so far, in order, and biases among them.
    private var stream: [Int] = []

    /// Builds the graph for sequences of `positions` tokens.
    ///
    /// - Throws: `ModelError` for a model of another family, a tensor that is missing or has another shape, and more
    ///   positions than n_ctx.
    public static func graph(of checkpoint: Checkpoint, tokens column: String, positions: Int) throws -> Graph {
        guard case .transformer(let configuration) = checkpoint.configuration else {
            throw ModelError.value(
                file: checkpoint.configurationFile, key: ModelConfiguration.familyKey,
                found: "that of another family", expected: "transformer")
        }
        var builder = Transformer(configuration, checkpoint)
        try builder.build(tokens: column, positions: positions)
        return builder.graph
    }

    private init(_ configuration: TransformerConfiguration, _ checkpoint: Checkpoint) {
        self.configuration = configuration
        self.checkpoint = checkpoint
    }

    private var model: Axis { Axis(.model, configuration.model) }

    private mutating func build(tokens column: String, positions: Int) throws {
        guard positions <= configuration.positions else {
            throw ModelError.tooLong(column: column, positions: positions, limit: configuration.positions)
        }
        let tokens = try graph.add(
            source: .column(column), named: "tokens", type: ValueType([Axis(.position, positions)], .int32))
        let embed = try graph.add(
            .embed(Embed()),
            [
                tokens, try weight("embed.W_E", [Axis(.vocabulary, configuration.vocabulary), model]),
                try weight("pos_embed.W_pos", [Axis(.position, configuration.positions), model]),
            ], named: "embed", isComponent: true)
        stream = [embed]
        let mask = try configuration.paddingToken.map {
            try graph.add(.paddingMask(PaddingMask(token: $0)), [tokens], named: "mask", isComponent: true)
        }
        for layer in 0..<configuration.layers {
            try addAttention(layer, mask)
            if let neurons = configuration.neurons { try addMLP(layer, Axis(.neuron, neurons)) }
        }
        let read = try addNorm("ln_final", of: try addInput("logits"), "logits")
        let logits = try graph.add(
            .linear(Linear()),
            [read, try weight("unembed.W_U", [model, Axis(.logit, configuration.logits)])]
                + (try bias("unembed.b_U", [Axis(.logit, configuration.logits)])),
            named: "logits", isComponent: true)
        graph.setOutput(logits)
        graph.addTransformerNames(layers: configuration.layers, heads: configuration.heads)
    }

    private mutating func addAttention(_ layer: Int, _ mask: Int?) throws {
        let (block, inside) = ("blocks.\(layer).attn", Axis(.head, configuration.head))
        var written: [Int] = []
        for head in 0..<configuration.heads {
            let name = "a\(layer).h\(head)"
            let norm = try addNorm("blocks.\(layer).ln1", of: try addInput(name), name)
            var operands: [Int] = []
            for part in ["Q", "K", "V"] {
                let weights = try weight("\(block).W_\(part)", [model, inside], slice: head)
                let bias = try bias("\(block).b_\(part)", [inside], slice: head)
                operands.append(
                    try graph.add(.linear(Linear()), [norm, weights] + bias, named: "\(name).\(part.lowercased())"))
            }
            let attention = AttentionPattern(
                causal: configuration.isCausal, scale: Float(1 / Double(configuration.head).squareRoot()))
            let pattern = try graph.add(
                .attentionPattern(attention), operands.prefix(2) + (mask.map { [$0] } ?? []), named: "\(name).pattern")
            let mixed = try graph.add(.mixValues(MixValues()), [pattern, operands[2]], named: "\(name).z")
            let out = try weight("\(block).W_O", [inside, model], slice: head)
            written.append(try graph.add(.linear(Linear()), [mixed, out], named: name, isComponent: true))
        }
        stream += written + (try bias("\(block).b_O", [model]))
    }

    private mutating func addMLP(_ layer: Int, _ neuron: Axis) throws {
        let (name, block) = ("m\(layer)", "blocks.\(layer).mlp")
        let norm = try addNorm("blocks.\(layer).ln2", of: try addInput(name), name)
        let pre = try graph.add(
            .linear(Linear()),
            [norm, try weight("\(block).W_in", [model, neuron])] + (try bias("\(block).b_in", [neuron])),
            named: "\(name).pre")
        let function: Activation.Function =
            switch configuration.activation {
            case "gelu": .gelu
            case "gelu_new": .geluTanh
            default: .relu
            }
        let post = try graph.add(.activation(Activation(function)), [pre], named: "\(name).post")
        stream.append(
            try graph.add(
                .linear(Linear()),
                [post, try weight("\(block).W_out", [neuron, model])] + (try bias("\(block).b_out", [model])),
                named: name, isComponent: true))
    }

    /// The residual stream as `reader` sees it: the sum of everything written so far.
    private mutating func addInput(_ reader: String) throws -> Int {
        try graph.add(.sum(Sum()), stream, named: "\(reader).input")
    }

    private mutating func addNorm(_ tensor: String, of input: Int, _ reader: String) throws -> Int {
        let op = Op.layerNorm(LayerNorm(epsilon: Float(configuration.epsilon)))
        switch configuration.normalization {
        case .absent: return input
        case .withoutWeights: return try graph.add(op, [input], named: "\(reader).norm")
        case .full:
            let operands = [input, try weight("\(tensor).w", [model]), try weight("\(tensor).b", [model])]
            return try graph.add(op, operands, named: "\(reader).norm")
        }
    }

    /// The node of a tensor, or of the part that belongs to one head; made once.
    private mutating func weight(_ name: String, _ shape: Shape, slice: Int? = nil) throws -> Int {
        let node = name + (slice.map { "[\($0)]" } ?? "")
        if let made = graph.number(of: node) { return made }
        try checkpoint.check(name, sizes: (slice == nil ? [] : [configuration.heads]) + shape.axes.map(\.count))
        return try graph.add(source: .weight(name, slice: slice), named: node, type: ValueType(shape))
    }

    /// A bias's node, or nothing: an absent bias is zero.
    private mutating func bias(_ name: String, _ shape: Shape, slice: Int? = nil) throws -> [Int] {
        checkpoint.has(name) ? [try weight(name, shape, slice: slice)] : []
    }
}
