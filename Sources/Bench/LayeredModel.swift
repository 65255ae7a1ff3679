import Foundation
import Scrubjay

/// A transformer of any number of layers and heads and of the least widths: what hypotheses are bound to costs by its
/// nodes, not by their sizes.
struct LayeredModel {
    let layers: Int
    let heads: Int
    let graph: Graph
    let behaviour: Behaviour

    /// Writes a checkpoint of zeros into a folder of its own and removes it.
    init(layers: Int, heads: Int) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "scrubjay-bench-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try writeAtomically(
            Array(
                """
                {"n_layers": \(layers), "n_heads": \(heads), "d_model": 2, "d_head": 1, "d_mlp": 2, "n_ctx": 4, "d_vocab": 3,
                 "act_fn": "gelu", "normalization_type": "LNPre"}
                """.utf8), to: folder.appending(path: "config.json").path)
        var sizes = [("embed.W_E", [3, 2]), ("pos_embed.W_pos", [4, 2]), ("unembed.W_U", [2, 3])]
        for layer in 0..<layers {
            let block = "blocks.\(layer)"
            sizes += ["Q", "K", "V"].map { ("\(block).attn.W_\($0)", [heads, 2, 1]) }
            sizes += [
                ("\(block).attn.W_O", [heads, 1, 2]), ("\(block).mlp.W_in", [2, 2]), ("\(block).mlp.W_out", [2, 2]),
            ]
        }
        try Safetensors.write(
            sizes.map { ($0, $1, [Float](repeating: 0, count: $1.reduce(1, *))) },
            to: folder.appending(path: "model.safetensors").path)
        var graph = try Transformer.graph(of: Checkpoint(folder: folder.path), tokens: "tokens", positions: 4)
        behaviour = try BehaviourForm(measure: .crossEntropy, positions: [3], target: .column("y")).add(to: &graph)
        (self.layers, self.heads, self.graph) = (layers, heads, graph)
    }

    /// About `count` claims: heads from the last layer down, of each its queries, keys and values, and of each of these
    /// every component of the layer below.
    func interpretation(claims count: Int) -> Interpretation {
        let each = 1 + 3 * (1 + heads + 1)
        let claimed = max(1, count / each)
        return Interpretation("bench", features: ["parity": "x % 2"]) {
            for number in 0..<min(claimed, (layers - 1) * heads) { head(layers - 1 - number / heads, number % heads) }
        }
    }

    /// What is lowered.
    func planned(_ tree: ScrubTree) -> PlannedHypothesis {
        PlannedHypothesis(tree: tree, graph: graph, behaviours: [behaviour])
    }

    private func head(_ layer: Int, _ head: Int) -> Claim {
        Claim("a\(layer).h\(head)", same: "parity") {
            for part in ["q", "k", "v"] {
                Claim(part, same: "parity") {
                    for below in 0..<heads { Claim("a\(layer - 1).h\(below)", same: "x") }
                    Claim("m\(layer - 1)", same: "x")
                }
            }
        }
    }
}
