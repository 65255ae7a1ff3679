internal import ScrubGraph

extension Graph {
    /// Lets the nodes of a transformer also be called what others call them: TransformerLens by its hooks
    /// (`blocks.1.attn.hook_z[:, :, 0]` is `a1.h0.z`), circuit graph files by `a1.h0<q>`. Their `input` is not
    /// among these: below a claim it is the sum that the claim's node reads.
    ///
    /// A hook whose activation holds several nodes stands for all of them (`blocks.1.attn.hook_z`). One that is the
    /// stream for several readers at once is no node here, since each reader sums the stream for itself: for those there
    /// are hints.
    mutating func addTransformerNames(layers: Int, heads: Int) {
        alias("output", for: "logits")
        // The token alone: the position's part is the same for every datum, so exchanging the one is exchanging both.
        alias("hook_embed", for: "embed")
        alias("hook_pos_embed", for: "pos_embed.W_pos")
        alias("ln_final.hook_normalized", for: "logits.norm")
        for layer in 0..<layers {
            addHeadNames(layer, heads: heads)
            addStreamNames(layer, isLast: layer == layers - 1, heads: heads)
            let (block, mlp) = ("blocks.\(layer)", "m\(layer)")
            alias("\(block).hook_mlp_in", for: "\(mlp).input")
            alias("\(block).ln2.hook_normalized", for: "\(mlp).norm")
            alias("\(block).mlp.hook_pre", for: "\(mlp).pre")
            alias("\(block).mlp.hook_post", for: "\(mlp).post")
            alias("\(block).hook_mlp_out", for: mlp)
        }
    }

    private mutating func addHeadNames(_ layer: Int, heads: Int) {
        let (names, attention) = ((0..<heads).map { "a\(layer).h\($0)" }, "blocks.\(layer).attn")
        // By hook, the part of a head; the head's place among the axes is behind batch and position.
        let hooks = [
            "\(attention).hook_q": ".q", "\(attention).hook_k": ".k", "\(attention).hook_v": ".v",
            "\(attention).hook_z": ".z", "\(attention).hook_result": "", "blocks.\(layer).hook_attn_in": ".input",
        ]
        for (hook, part) in hooks {
            for (head, name) in names.enumerated() { alias("\(hook)[:, :, \(head)]", for: name + part) }
            alias(hook, for: names.map { $0 + part })
        }
        for (head, name) in names.enumerated() {
            alias("\(attention).hook_pattern[:, \(head)]", for: "\(name).pattern")
            for part in ["q", "k", "v"] { alias("\(name)<\(part)>", for: "\(name).\(part)") }
        }
        hint("\(attention).hook_attn_scores", perhaps: names.prefix(1).map { "\($0).pattern" })
        alias("\(attention).hook_pattern", for: names.map { "\($0).pattern" })
        alias("blocks.\(layer).ln1.hook_normalized", for: names.map { "\($0).norm" })
        alias("blocks.\(layer).hook_attn_out", for: names)
    }

    private mutating func addStreamNames(_ layer: Int, isLast: Bool, heads: Int) {
        let (block, below, above) = ("blocks.\(layer)", "a\(layer).h0.input", "a\(layer + 1).h0.input")
        if layer == 0 {
            alias("\(block).hook_resid_pre", for: "embed")
        } else {
            hint("\(block).hook_resid_pre", perhaps: [below, "m\(layer).input", "logits.input"])
        }
        hint("\(block).hook_resid_mid", perhaps: ["m\(layer).input", above, "logits.input"])
        if isLast {
            alias("\(block).hook_resid_post", for: "logits.input")
        } else {
            hint("\(block).hook_resid_post", perhaps: [above, "m\(layer + 1).input", "logits.input"])
        }
    }
}
