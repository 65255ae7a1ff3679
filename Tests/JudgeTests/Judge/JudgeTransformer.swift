/// The judge's own transformer: what each named node reads and computes, from a configuration and weights.
///
/// Shares no code with the graph that it judges. Every head, every MLP and the logits sum the components below them for
/// themselves.
struct JudgeTransformer: Sendable {
    /// How a node follows from what it reads.
    enum Rule: Sendable {
        case tokens
        case padding(Int)
        case embed(words: Matrix, places: Matrix)
        case sum(bias: [Double])
        case norm(weight: [Double], bias: [Double])
        case linear(Matrix, bias: [Double])
        case pattern(isCausal: Bool)
        case mix
        case activation(String)
    }

    struct Site: Sendable {
        var name: String
        var rule: Rule
        var inputs: [Int]
        /// Whether hypotheses speak of it as a unit; the rest is wiring inside one.
        var isComponent: Bool

        /// The component that it is, or is a part of.
        var owner: String { isComponent ? name : String(name[..<(name.lastIndex(of: ".") ?? name.endIndex)]) }
        /// What its owner calls a part.
        var part: String { String(name.split(separator: ".").last ?? "") }
    }

    private(set) var sites: [Site] = []
    private var numbers: [String: Int] = [:]
    private let weights: [String: [Double]]
    private let model: TinyModel
    /// What the residual stream holds so far, and the biases of attention layers, which belong to no head.
    private var stream: [Int] = []
    private var streamBias: [Double]

    var tokens: Int { 0 }
    var output: Int { sites.count - 1 }

    init(_ model: TinyModel) {
        self.model = model
        weights = Dictionary(uniqueKeysWithValues: model.tensors.map { ($0.name, $0.values.map(Double.init)) })
        streamBias = [Double](repeating: 0, count: model.model)

        let tokens = add("tokens", .tokens, [], isComponent: true)
        let words = Matrix(model.vocabulary, model.model, weights["embed.W_E"] ?? [])
        let places = Matrix(model.context, model.model, weights["pos_embed.W_pos"] ?? [])
        stream = [add("embed", .embed(words: words, places: places), [tokens], isComponent: true)]
        let mask = model.pad.map { add("mask", .padding($0), [tokens], isComponent: true) }
        for layer in 0..<model.layers {
            let heads = (0..<model.heads).map { addHead(layer, $0, mask) }
            stream += heads
            let added = bias("blocks.\(layer).attn.b_O", model.model)
            streamBias = zip(streamBias, added).map { $0 + $1 }
            if let neurons = model.neurons { stream.append(addMLP(layer, neurons)) }
        }
        let read = addNormedInput("logits", "ln_final")
        addLinear("logits", read, "unembed.W_U", "unembed.b_U", model.model, model.outputs, isComponent: true)
    }

    func number(of name: String) -> Int? { numbers[name] }

    @discardableResult
    private mutating func add(_ name: String, _ rule: Rule, _ inputs: [Int], isComponent: Bool = false) -> Int {
        sites.append(Site(name: name, rule: rule, inputs: inputs, isComponent: isComponent))
        numbers[name] = sites.count - 1
        return sites.count - 1
    }

    private mutating func addHead(_ layer: Int, _ head: Int, _ mask: Int?) -> Int {
        let (name, block) = ("a\(layer).h\(head)", "blocks.\(layer)")
        let read = addNormedInput(name, "\(block).ln1")
        let projections = ["q", "k", "v"].map { part in
            let tensor = "\(block).attn.W_\(part.uppercased())"
            let bias = "\(block).attn.b_\(part.uppercased())"
            return addLinear("\(name).\(part)", read, tensor, bias, model.model, model.head, element: head)
        }
        let looked = projections.prefix(2) + (mask.map { [$0] } ?? [])
        let pattern = add("\(name).pattern", .pattern(isCausal: model.isCausal), Array(looked))
        let z = add("\(name).z", .mix, [pattern, projections[2]])
        return addLinear(name, z, "\(block).attn.W_O", nil, model.head, model.model, element: head, isComponent: true)
    }

    private mutating func addMLP(_ layer: Int, _ neurons: Int) -> Int {
        let (name, block) = ("m\(layer)", "blocks.\(layer).mlp")
        let read = addNormedInput(name, "blocks.\(layer).ln2")
        let pre = addLinear("\(name).pre", read, "\(block).W_in", "\(block).b_in", model.model, neurons)
        let post = add("\(name).post", .activation(model.activation), [pre])
        return addLinear(name, post, "\(block).W_out", "\(block).b_out", neurons, model.model, isComponent: true)
    }

    private mutating func addNormedInput(_ reader: String, _ tensor: String) -> Int {
        let input = add("\(reader).input", .sum(bias: streamBias), stream)
        if model.norm == .absent { return input }
        let ones = [Double](repeating: 1, count: model.model)
        let weight = weights["\(tensor).w"] ?? ones
        return add("\(reader).norm", .norm(weight: weight, bias: bias("\(tensor).b", model.model)), [input])
    }

    /// - Parameter element: of the tensors' first axis, which is the head.
    @discardableResult
    private mutating func addLinear(
        _ name: String, _ input: Int, _ tensor: String, _ biasTensor: String?, _ inner: Int, _ outer: Int,
        element: Int = 0, isComponent: Bool = false
    ) -> Int {
        let start = element * inner * outer
        let matrix = Matrix(inner, outer, Array((weights[tensor] ?? [])[start..<start + inner * outer]))
        let added = biasTensor.map { bias($0, outer, element: element) } ?? [Double](repeating: 0, count: outer)
        return add(name, .linear(matrix, bias: added), [input], isComponent: isComponent)
    }

    /// An absent bias is zero.
    private func bias(_ tensor: String, _ count: Int, element: Int = 0) -> [Double] {
        guard let values = weights[tensor] else { return [Double](repeating: 0, count: count) }
        return Array(values[element * count..<(element + 1) * count])
    }
}
