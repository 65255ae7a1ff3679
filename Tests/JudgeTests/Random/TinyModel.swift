import ScrubCore

/// A small transformer: its configuration, and weights that follow from a seed and their names.
///
/// A weight's elements depend on its name and their place alone, so that a model with a layer or a head less has the
/// other weights as they were: what shrinking needs.
struct TinyModel: Hashable, Sendable {
    enum Norm: String, Hashable, Sendable, CaseIterable {
        case full = "\"LN\""
        case withoutWeights = "\"LNPre\""
        case absent = "null"
    }

    var seed: UInt64
    var layers = 1
    var heads = 1
    var model = 4
    var head = 2
    /// Nil for an attention-only model.
    var neurons: Int?
    var context = 2
    var vocabulary = 3
    var outputs = 2
    var norm = Norm.absent
    var activation = "relu"
    var isCausal = true
    var pad: Int?
    var hasBiases = false
    /// How large weights are: 1 keeps the variance of what flows through them.
    var gain = 1.0

    static let epsilon = 1e-5

    /// Paths from the output to the embedding, which the judge takes one by one.
    var paths: Int { (0..<layers).reduce(1) { count, _ in count * (1 + 3 * heads) * (neurons == nil ? 1 : 2) } }

    /// The text of `config.json`.
    var configuration: String {
        var members = [
            "\"n_layers\": \(layers)", "\"n_heads\": \(heads)", "\"d_model\": \(model)", "\"d_head\": \(head)",
            "\"n_ctx\": \(context)", "\"d_vocab\": \(vocabulary)", "\"d_vocab_out\": \(outputs)",
            "\"normalization_type\": \(norm.rawValue)", "\"eps\": \(Self.epsilon)",
            "\"attention_dir\": \"\(isCausal ? "causal" : "bidirectional")\"", "\"attn_only\": \(neurons == nil)",
        ]
        if let neurons { members += ["\"d_mlp\": \(neurons)", "\"act_fn\": \"\(activation)\""] }
        if let pad { members.append("\"pad_token\": \(pad)") }
        return "{\(members.joined(separator: ", "))}\n"
    }

    /// Every tensor of the checkpoint.
    var tensors: [(name: String, sizes: [Int], values: [Float])] {
        var tensors = [
            uniform("embed.W_E", [vocabulary, model], 1), uniform("pos_embed.W_pos", [context, model], 1),
        ]
        for layer in 0..<layers {
            let block = "blocks.\(layer)"
            for part in ["Q", "K", "V"] { tensors.append(matrix("\(block).attn.W_\(part)", [heads, model, head])) }
            tensors.append(matrix("\(block).attn.W_O", [heads, head, model]))
            if hasBiases {
                for part in ["Q", "K", "V"] { tensors.append(uniform("\(block).attn.b_\(part)", [heads, head], 0.5)) }
                tensors.append(uniform("\(block).attn.b_O", [model], 0.5))
            }
            tensors += normTensors("\(block).ln1")
            guard let neurons else { continue }
            tensors += [
                matrix("\(block).mlp.W_in", [model, neurons]), matrix("\(block).mlp.W_out", [neurons, model]),
            ]
            if hasBiases {
                tensors += [uniform("\(block).mlp.b_in", [neurons], 0.5), uniform("\(block).mlp.b_out", [model], 0.5)]
            }
            tensors += normTensors("\(block).ln2")
        }
        tensors += normTensors("ln_final") + [matrix("unembed.W_U", [model, outputs])]
        return tensors + (hasBiases ? [uniform("unembed.b_U", [outputs], 0.5)] : [])
    }

    /// One vector and a pair of them, for rewrites.
    var directions: [(name: String, sizes: [Int], values: [Float])] {
        [uniform("one", [model], 1), uniform("two", [2, model], 1)]
    }

    private func normTensors(_ name: String) -> [(name: String, sizes: [Int], values: [Float])] {
        guard norm == .full else { return [] }
        var weight = uniform("\(name).w", [model], 0.5)
        weight.values = weight.values.map { $0 + 1 }
        return [weight, uniform("\(name).b", [model], 0.5)]
    }

    /// Uniform with variance gain² / the inner axis.
    private func matrix(_ name: String, _ sizes: [Int]) -> (name: String, sizes: [Int], values: [Float]) {
        uniform(name, sizes, gain * (3 / Double(sizes[sizes.count - 2])).squareRoot())
    }

    private func uniform(
        _ name: String, _ sizes: [Int], _ bound: Double
    ) -> (name: String, sizes: [Int], values: [Float]) {
        let stream = RandomStream(seed: seed, key: Digest(name).prefix64)
        let values = (0..<sizes.reduce(1, *)).map { element in
            Float((Double(stream.bits(replicate: UInt64(element)) >> 11) * 0x1p-52 - 1) * bound)
        }
        return (name, sizes, values)
    }
}
