import ScrubExperiment
import ScrubHypothesis
import ScrubPlan
import Testing

/// What others call a node is the node: the same tree, so the same draws.
@Suite struct NameTests {
    @Test(arguments: [
        ("blocks.1.attn.hook_q[:, :, 1]", "a1.h1.q"), ("blocks.1.attn.hook_k[:,:,0]", "a1.h0.k"),
        ("blocks.0.attn.hook_v[:, :, 1]", "a0.h1.v"), ("blocks.0.attn.hook_z[:, :, 0]", "a0.h0.z"),
        ("blocks.0.attn.hook_result[:, :, 0]", "a0.h0"), ("blocks.1.attn.hook_pattern[:, 1]", "a1.h1.pattern"),
        ("blocks.1.hook_attn_in[:, :, 1]", "a1.h1.input"), ("a1.h1<q>", "a1.h1.q"), ("a1.h0<k>", "a1.h0.k"),
        ("a0.h0<v>", "a0.h0.v"), ("blocks.0.hook_mlp_in", "m0.input"), ("blocks.0.ln2.hook_normalized", "m0.norm"),
        ("blocks.0.mlp.hook_pre", "m0.pre"), ("blocks.1.mlp.hook_post", "m1.post"), ("blocks.1.hook_mlp_out", "m1"),
        ("ln_final.hook_normalized", "logits.norm"), ("blocks.1.hook_resid_post", "logits.input"),
        ("hook_embed", "embed"), ("blocks.0.hook_resid_pre", "embed"),
        // Groups
        ("blocks.0.attn.hook_result", "a0.h"), ("blocks.0.hook_attn_out", "a0.h[0, 1]"),
        // Slices, behind the name and in the hook's own index
        ("blocks.0.hook_mlp_out[2]", "m0[2]"), ("blocks.0.hook_mlp_out[:, 2]", "m0[2]"),
        ("blocks.0.attn.hook_z[:, :, 1][0:2]", "a0.h1.z[0:2]"), ("blocks.0.attn.hook_z[:, -1, 1]", "a0.h1.z[2]"),
        ("blocks.1.attn.hook_pattern[:, 1, 2]", "a1.h1.pattern[2]"),
        ("blocks.1.attn.hook_pattern[:, 1][previous]", "a1.h1.pattern[previous]"),
        ("blocks.0.attn.hook_result[1]", "a0.h[0,1][1]"), ("blocks.0.hook_mlp_out[*]", "m0[*]"),
    ])
    func anAliasIsItsNode(_ alias: String, _ name: String) throws {
        try SmallTransformer.with { small in
            let tree = try small.experiment(claiming: alias).tree
            #expect(try tree == small.experiment(claiming: name).tree)
            #expect(!tree.tables.contains { $0.key.contains("hook") || $0.key.contains("<") })
        }
    }

    @Test func aliasesHoldBelowClaimsAndInRoutes() throws {
        try SmallTransformer.with { small in
            let alias = try small.experiment(
                "interpretation: {inputs: {blocks.1.hook_mlp_out: {inputs: {blocks.0.hook_resid_pre: "
                    + "{same: first, via: blocks.0.hook_mlp_out, avoiding: 'blocks.1.attn.hook_result[:, :, 0]'}}}}}")
            let name = try small.experiment(
                "interpretation: {inputs: {m1: {inputs: {embed: {same: first, via: m0, avoiding: a1.h0}}}}}")
            #expect(alias.tree == name.tree)
        }
    }

    /// Names of what is no node here, or of no one hook.
    @Test(arguments: [
        (
            "blocks.0.hook_resid_mid",
            "no node \"blocks.0.hook_resid_mid\", perhaps m0.input, a1.h0.input, logits.input; parts of"
        ),
        (
            "blocks.1.hook_resid_pre[1]",
            "no node \"blocks.1.hook_resid_pre[1]\", perhaps a1.h0.input, m1.input, logits.input"
        ),
        (
            "blocks.0.attn.hook_attn_scores[:, 0]",
            "no node \"blocks.0.attn.hook_attn_scores[:, 0]\", perhaps a0.h0.pattern;"
        ),
        ("blocks.0.hook_mlp_uot", "no node \"blocks.0.hook_mlp_uot\", perhaps blocks.0.hook_mlp_out,"),
        ("hook_pos_embed", "\"hook_pos_embed\" is the same for every datum; there is nothing to claim about it"),
        (
            "blocks.0.attn.hook_z[:, :, 2]",
            "\"blocks.0.attn.hook_z[:, :, 2]\" has \"[:,:,2]\", expected batch, position and head of the hook, such as "
        ),
        (
            "blocks.0.hook_mlp_out[:, :, 0]",
            "\"blocks.0.hook_mlp_out[:, :, 0]\" has \"[:,:,0]\", expected batch, position"
        ),
        (
            "blocks.0.hook_mlp_out[3]",
            "\"blocks.0.hook_mlp_out[3]\" has \"[3]\", expected positions from 0 to 2, such as 0, 2:5 or *"
        ),
    ])
    func whatIsNoNodeIsExplained(_ name: String, _ message: String) throws {
        try SmallTransformer.with { small in
            let complaint = small.complaint { try small.experiment(claiming: name) }
            #expect(complaint.hasPrefix("h.yaml:4:27: \(message)"), "\(complaint)")
        }
    }
}
