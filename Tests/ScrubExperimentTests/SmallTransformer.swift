import Foundation
import ScrubCore
import ScrubExperiment

/// A model of two layers with two heads, an MLP, layer norms and padding, eight rows, and a hypothesis, on disk.
struct SmallTransformer {
    let folder: URL

    /// In a folder of its own, removed when `body` returns.
    static func with<Result>(outputs: Int = 2, _ body: (SmallTransformer) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "scrubjay-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(SmallTransformer(in: folder, outputs: outputs))
    }

    private init(in folder: URL, outputs: Int) throws {
        self.folder = folder
        try FileManager.default.createDirectory(at: folder.appending(path: "model"), withIntermediateDirectories: true)
        try write(
            "model/config.json",
            """
            {"n_layers": 2, "n_heads": 2, "d_model": 4, "d_head": 2, "d_mlp": 3, "n_ctx": 3, "d_vocab": 4, "d_vocab_out": \(outputs),
             "act_fn": "relu", "normalization_type": "LN", "attention_dir": "bidirectional", "pad_token": 3}
            """)
        var sizes: [(String, [Int])] = [
            ("embed.W_E", [4, 4]), ("pos_embed.W_pos", [3, 4]), ("unembed.W_U", [4, outputs]),
        ]
        for norm in ["blocks.0.ln1", "blocks.0.ln2", "blocks.1.ln1", "blocks.1.ln2", "ln_final"] {
            sizes += [("\(norm).w", [4]), ("\(norm).b", [4])]
        }
        for block in ["blocks.0", "blocks.1"] {
            sizes += ["Q", "K", "V"].map { ("\(block).attn.W_\($0)", [2, 4, 2]) }
            sizes += [
                ("\(block).attn.W_O", [2, 2, 4]), ("\(block).mlp.W_in", [4, 3]), ("\(block).mlp.W_out", [3, 4]),
            ]
        }
        func values(_ name: String, _ sizes: [Int]) -> [Float] {
            (0..<sizes.reduce(1, *)).map { (place: Int) in Float((place + name.count) * 37 % 101 - 50) / 40 }
        }
        try Safetensors.write(
            sizes.map { ($0, $1, values($0, $1)) }, to: folder.appending(path: "model/model.safetensors").path)
        let rows = (0..<8).map { (row: Int) -> String in
            let tokens = [row % 3, row / 3, row % 2 == 0 ? 3 : 1]
            let at = [row % 2, row / 4, 1]
            return "{\"tokens\": \(tokens), \"first\": \(tokens[0]), \"y\": \(row % 2), \"at\": \(at)}\n"
        }
        try write("rows.jsonl", rows.joined())
    }

    func write(_ name: String, _ text: String) throws { try Data(text.utf8).write(to: folder.appending(path: name)) }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    /// An experiment whose hypothesis says `claims` besides what it needs.
    func experiment(_ claims: String) throws -> Experiment {
        try write(
            "h.yaml",
            """
            model: model
            data: rows.jsonl
            behaviour: {loss: cross_entropy, at: last, label: y}
            \(claims)
            """)
        return try Experiment(contentsOf: path("h.yaml"))
    }

    /// The experiment with one claim, below the output or below `claim`s on its way.
    func experiment(claiming name: String, below parents: [String] = []) throws -> Experiment {
        var claims = "{\"\(name)\": {same: first, paths: all}}"
        for parent in parents.reversed() { claims = "{\"\(parent)\": {inputs: \(claims)}}" }
        return try experiment("interpretation: {inputs: \(claims)}")
    }

    /// What the program says of a hypothesis that it does not accept, without the folder.
    func complaint(_ body: () throws -> Experiment) -> String {
        do {
            _ = try body()
            return "none"
        } catch { return "\(error)".replacing(folder.path + "/", with: "") }
    }
}
