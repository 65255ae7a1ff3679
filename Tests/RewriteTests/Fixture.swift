import Foundation
import ScrubCore
import ScrubExperiment
import ScrubHypothesis
import Testing

/// A transformer with random weights, twenty data with columns of every size, and tensors, on disk.
struct Fixture: CustomStringConvertible {
    let description: String
    let configuration: String
    let layers: Int
    /// Whether it has MLPs, biases, and norms with weights.
    let hasMLPs: Bool
    let hasBiases: Bool
    let hasNorms: Bool

    static let model = 6
    static let head = 3
    static let neurons = 8
    static let positions = 4
    static let rows = 20
    static let vocabulary = 5

    static let plain = Fixture(
        description: "plain",
        configuration: """
            {"n_layers": 1, "n_heads": 2, "d_model": 6, "d_head": 3, "d_mlp": 8, "n_ctx": 4, "d_vocab": 5,
             "d_vocab_out": 3, "act_fn": "relu", "normalization_type": null, "attention_dir": "causal"}
            """, layers: 1, hasMLPs: true, hasBiases: false, hasNorms: false)
    static let normed = Fixture(
        description: "with norms and biases",
        configuration: """
            {"n_layers": 2, "n_heads": 2, "d_model": 6, "d_head": 3, "d_mlp": 8, "n_ctx": 4, "d_vocab": 5,
             "d_vocab_out": 3, "act_fn": "gelu", "normalization_type": "LN", "attention_dir": "bidirectional",
             "pad_token": 4}
            """, layers: 2, hasMLPs: true, hasBiases: true, hasNorms: true)
    static let attentionOnly = Fixture(
        description: "attention only",
        configuration: """
            {"n_layers": 2, "n_heads": 2, "d_model": 6, "d_head": 3, "n_ctx": 4, "d_vocab": 5, "d_vocab_out": 3,
             "attn_only": true, "normalization_type": "LNPre", "attention_dir": "causal"}
            """, layers: 2, hasMLPs: false, hasBiases: false, hasNorms: false)

    static let all = [plain, normed, attentionOnly]

    private var sizes: [(name: String, sizes: [Int])] {
        var sizes: [(String, [Int])] = [
            ("embed.W_E", [Self.vocabulary, Self.model]), ("pos_embed.W_pos", [Self.positions, Self.model]),
            ("unembed.W_U", [Self.model, 3]),
        ]
        if hasBiases { sizes.append(("unembed.b_U", [3])) }
        if hasNorms { sizes += [("ln_final.w", [Self.model]), ("ln_final.b", [Self.model])] }
        for layer in 0..<layers {
            let block = "blocks.\(layer)"
            sizes += ["Q", "K", "V"].map { ("\(block).attn.W_\($0)", [2, Self.model, Self.head]) }
            sizes.append(("\(block).attn.W_O", [2, Self.head, Self.model]))
            if hasBiases {
                sizes += ["Q", "K", "V"].map { ("\(block).attn.b_\($0)", [2, Self.head]) }
                sizes.append(("\(block).attn.b_O", [Self.model]))
            }
            if hasNorms {
                for norm in hasMLPs ? ["ln1", "ln2"] : ["ln1"] {
                    sizes += [("\(block).\(norm).w", [Self.model]), ("\(block).\(norm).b", [Self.model])]
                }
            }
            if hasMLPs {
                sizes += [
                    ("\(block).mlp.W_in", [Self.model, Self.neurons]),
                    ("\(block).mlp.W_out", [Self.neurons, Self.model]),
                ]
                if hasBiases { sizes += [("\(block).mlp.b_in", [Self.neurons]), ("\(block).mlp.b_out", [Self.model])] }
            }
        }
        return sizes
    }

    /// Tensors that rewrites name, in `tensors.safetensors`.
    private var tensors: [(name: String, sizes: [Int])] {
        [
            ("direction", [Self.model]), ("plane", [2, Self.model]), ("inside", [1, Self.head]),
            ("table", [Self.vocabulary, Self.model]), ("probe", [Self.model, Self.model]), ("bias", [Self.model]),
        ]
    }

    /// Numbers between -1 and 1.
    private static func values(_ count: Int, seed: String) -> [Float] {
        var state = seed.utf8.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Float(Int64(state >> 40)) / Float(1 << 23) - 1
        }
    }

    /// Writes everything to `folder`, with a hypothesis of these sections, and gives the hypothesis's path.
    func write(to folder: URL, _ sections: String) throws -> String {
        let path = { (name: String) in folder.appending(path: name).path }
        try FileManager.default.createDirectory(atPath: path("model"), withIntermediateDirectories: true)
        try Data(configuration.utf8).write(to: folder.appending(path: "model/config.json"))
        try Safetensors.write(
            sizes.map { ($0.name, $0.sizes, Self.values($0.sizes.reduce(1, *), seed: $0.name)) },
            to: path("model/model.safetensors"))
        try Safetensors.write(
            tensors.map { ($0.name, $0.sizes, Self.values($0.sizes.reduce(1, *), seed: $0.name)) },
            to: path("tensors.safetensors"))

        let count = Self.rows
        func reals(_ name: String, _ sizes: [Int]) -> NpzEntry {
            NpzEntry(name, [count] + sizes, Self.values(sizes.reduce(count, *), seed: name))
        }
        let tokens = (0..<count * Self.positions).map { Int32($0 * $0 % 7 % Self.vocabulary) }
        try Npz.write(
            [
                NpzEntry("tokens", [count, Self.positions], tokens),
                NpzEntry("first", [count], (0..<count).map { tokens[$0 * Self.positions] }),
                NpzEntry("label", [count], (0..<count).map { Int32($0 % 3) }),
                reals("scale", []), reals("each", [Self.positions]), reals("vector", [Self.model]),
                reals("matrix", [Self.positions, Self.model]),
            ], to: path("data.npz"))
        let text = "model: model\ndata: data.npz\nbehaviour: {loss: cross_entropy, at: last, label: label}\n" + sections
        try Data(text.utf8).write(to: folder.appending(path: "h.yaml"))
        return path("h.yaml")
    }

    /// The experiment of these sections, in a folder that is removed when `body` returns.
    func with<Result>(_ sections: String, _ body: (Experiment) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "scrubjay-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(try Experiment(contentsOf: try write(to: folder, sections)))
    }
}
