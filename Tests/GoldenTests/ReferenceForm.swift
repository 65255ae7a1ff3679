import ScrubCore
import Testing

/// What `config.json` says of a transformer, as far as the models here differ.
struct ReferenceForm {
    let layers: Int
    let heads: Int
    let model: Int
    let head: Int
    let outputs: Int
    let hasMLP: Bool
    let hasNorms: Bool
    let epsilon: Double
    let isCausal: Bool
    let paddingToken: Int?

    init(_ json: JSONValue) throws {
        layers = try json.count("n_layers")
        heads = try json.count("n_heads")
        model = try json.count("d_model")
        head = try json.count("d_head")
        outputs = try json.count("d_vocab_out")
        hasMLP = try json.count("d_mlp") > 0
        hasNorms = json.text("normalization_type") == "LN"
        epsilon = try #require(json.number("eps"))
        isCausal = json.text("attention_dir") == "causal"
        paddingToken = json.number("pad_token").map { Int($0) }
        try #require(json.text("act_fn") == "relu")
    }
}

extension JSONValue {
    fileprivate func text(_ key: String) -> String? {
        if case .text(let text)? = self[key]?.content { text } else { nil }
    }

    fileprivate func count(_ key: String) throws -> Int {
        Int(try #require(number(key), "\(key)"))
    }
}
