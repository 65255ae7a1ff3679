import Foundation
import Scrubjay
import Testing

/// A folder with a model of one layer, six data and a hypothesis, all of it sound: what tests of bad input damage.
struct SmallExperiment {
    let folder: Folder

    init() throws {
        folder = try Folder()
        try folder.makeFolder("model")
        try folder.write("model/config.json", Self.configuration)
        try writeWeights(Self.tensors)
        try folder.write("data.jsonl", Self.data)
        try folder.write("h.yaml", Self.hypothesis)
    }

    /// Runs the program in the folder, so that every path in its messages is relative to it.
    func scrubjay(_ arguments: [String], environment: [String: String] = [:]) throws -> Program.Result {
        try Program.run(arguments, environment: environment, in: folder.path)
    }

    /// Puts `new` for the first `old` in a file, which must have it.
    func replace(_ old: String, by new: String, in file: String) throws {
        let bytes = try folder.bytes(file)
        let start = try #require(Data(bytes).range(of: Data(old.utf8)), "\(file) has no \(old)")
        try folder.write(file, bytes[..<start.lowerBound] + Array(new.utf8) + bytes[start.upperBound...])
    }

    func writeWeights(_ tensors: [Tensor]) throws {
        try Safetensors.write(
            tensors.map { ($0.name, $0.sizes, $0.values) }, to: folder.path("model/weights.safetensors"))
    }

    /// Writes the weights with `change` made to the tensor called `name`.
    func writeWeights(_ name: String, changed change: (inout Tensor) -> Void) throws {
        var tensors = Self.tensors
        let index = try #require(tensors.firstIndex { $0.name == name })
        change(&tensors[index])
        try writeWeights(tensors)
    }

    /// Writes the plan of the hypothesis to `p.json`.
    func writePlan() throws {
        let result = try scrubjay(["explain", "h.yaml", "--backend", "cpu", "--samples", "50", "--plan", "p.json"])
        try #require(result.status == 0, "\(result.errors)")
    }

    /// The keys of the hypothesis's draws.
    static let keys = ["reference", "output/others", "a0.h0", "a0.h0/others", "a0.h0/q"]

    /// Writes three replicates of every draw to `t.npz`, with `change` made to the rows, by key.
    func writeReplay(_ change: (inout [String: [Int32]]) -> Void = { _ in }) throws {
        var rows: [String: [Int32]] = [:]
        for key in Self.keys { rows[key] = [0, 1, 2] }
        change(&rows)
        try writeReplay(rows.sorted { $0.key < $1.key }.map { NpzEntry($0.key, [$0.value.count], $0.value) })
    }

    func writeReplay(_ arrays: [NpzEntry]) throws { try Npz.write(arrays, to: folder.path("t.npz")) }

    /// Makes the dataset an archive, `data.npz`, with these values of the column `ratio`.
    func writeArchive(ratio: [Float]) throws {
        try Npz.write(
            [
                NpzEntry("tokens", [6, 4], (0..<24).map { Int32($0 % 5) }),
                NpzEntry("label", [6], [0, 1, 2, 0, 1, 2] as [Int32]),
                NpzEntry("ratio", [ratio.count], ratio),
            ], to: folder.path("data.npz"))
        try replace("data.jsonl", by: "data.npz", in: "h.yaml")
    }
}

extension SmallExperiment {
    struct Tensor {
        var name: String
        var sizes: [Int]
        var values: [Float]

        /// Values between -1 and 1 that tell one element from another.
        init(_ name: String, _ sizes: [Int]) {
            self.name = name
            self.sizes = sizes
            values = (0..<sizes.reduce(1, *)).map { Float(($0 + name.count) * 37 % 101 - 50) / 50 }
        }
    }

    static let configuration = """
        {
          "n_layers": 1, "n_heads": 2, "d_model": 4, "d_head": 2, "d_mlp": 6, "n_ctx": 4, "d_vocab": 5,
          "d_vocab_out": 3, "act_fn": "relu", "normalization_type": "LN", "attention_dir": "bidirectional"
        }

        """

    static let tensors = [
        Tensor("embed.W_E", [5, 4]), Tensor("pos_embed.W_pos", [4, 4]),
        Tensor("blocks.0.ln1.w", [4]), Tensor("blocks.0.ln1.b", [4]),
        Tensor("blocks.0.attn.W_Q", [2, 4, 2]), Tensor("blocks.0.attn.W_K", [2, 4, 2]),
        Tensor("blocks.0.attn.W_V", [2, 4, 2]), Tensor("blocks.0.attn.W_O", [2, 2, 4]),
        Tensor("blocks.0.ln2.w", [4]), Tensor("blocks.0.ln2.b", [4]),
        Tensor("blocks.0.mlp.W_in", [4, 6]), Tensor("blocks.0.mlp.W_out", [6, 4]),
        Tensor("ln_final.w", [4]), Tensor("ln_final.b", [4]), Tensor("unembed.W_U", [4, 3]),
    ]

    static let data = """
        {"tokens": [0, 1, 2, 3], "label": 0, "word": "a", "ratio": 0.5, "weight": 1, "flag": false}
        {"tokens": [1, 2, 3, 4], "label": 1, "word": "b", "ratio": 0.25, "weight": 1, "flag": true}
        {"tokens": [2, 3, 4, 0], "label": 2, "word": "a", "ratio": 0.75, "weight": 2, "flag": false}
        {"tokens": [3, 4, 0, 1], "label": 0, "word": "b", "ratio": 0.5, "weight": 0, "flag": true}
        {"tokens": [4, 0, 1, 2], "label": 1, "word": "a", "ratio": 0.125, "weight": 0, "flag": true}
        {"tokens": [0, 0, 1, 1], "label": 2, "word": "b", "ratio": 1.5, "weight": 3, "flag": false}

        """

    static let hypothesis = """
        model: model
        data: {file: data.jsonl, tokens: tokens}
        behaviour: {loss: cross_entropy, at: last, label: label}
        features:
          small: label < 2
        interpretation:
          same: exact
          inputs:
            a0.h0:
              same: small
              inputs:
                q: {same: word}
          others: random

        """
}
