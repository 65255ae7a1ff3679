import Foundation
import ScrubCore
import ScrubExperiment

/// A one-layer model, four rows and a hypothesis, on disk: small enough for the text of its plan to be read.
enum TinyExperiment {
    static func make(_ interpretation: String, in folder: URL) throws -> Experiment {
        let files = FileManager.default
        try files.createDirectory(at: folder.appending(path: "model"), withIntermediateDirectories: true)
        let configuration = """
            {"n_layers": 1, "n_heads": 1, "d_model": 2, "d_head": 2, "d_mlp": 3, "n_ctx": 2, "d_vocab": 3, "d_vocab_out": 2,
             "act_fn": "relu", "normalization_type": null, "attention_dir": "causal", "attn_only": false}
            """
        try Data(configuration.utf8).write(to: folder.appending(path: "model/config.json"))
        let sizes: [(String, [Int])] = [
            ("blocks.0.attn.W_K", [1, 2, 2]), ("blocks.0.attn.W_O", [1, 2, 2]), ("blocks.0.attn.W_Q", [1, 2, 2]),
            ("blocks.0.attn.W_V", [1, 2, 2]), ("blocks.0.mlp.W_in", [2, 3]), ("blocks.0.mlp.W_out", [3, 2]),
            ("embed.W_E", [3, 2]), ("pos_embed.W_pos", [2, 2]), ("unembed.W_U", [2, 2]),
        ]
        try Safetensors.write(
            sizes.map { name, sizes in
                let count = sizes.reduce(1, *)
                return (name, sizes, (0..<count).map { Float($0 % 5) / 4 - 0.5 })
            }, to: folder.appending(path: "model/model.safetensors").path)
        let rows = [[0, 1], [1, 2], [2, 2], [1, 0]].map { tokens in
            "{\"tokens\": \(tokens), \"first\": \(tokens[0]), \"y\": \(tokens[1] % 2)}\n"
        }
        try Data(rows.joined().utf8).write(to: folder.appending(path: "rows.jsonl"))
        let text = """
            model: model
            data: rows.jsonl
            behaviour: {loss: cross_entropy, at: last, label: y}
            interpretation: \(interpretation)
            """
        try Data(text.utf8).write(to: folder.appending(path: "h.yaml"))
        return try Experiment(contentsOf: folder.appending(path: "h.yaml").path)
    }

    /// In a folder of its own, removed when `body` returns.
    static func with<Result>(_ interpretation: String, _ body: (Experiment) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "scrubjay-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(make(interpretation, in: folder))
    }
}
