internal import ScrubCore
internal import ScrubOps

/// A transformer's configuration under the keys of TransformerLens's `HookedTransformerConfig`.
public struct TransformerConfiguration: Hashable, Sendable {
    public enum Normalization: Hashable, Sendable {
        /// Layer norm with weight and bias.
        case full
        /// Layer norm whose weight and bias were folded into what follows it.
        case withoutWeights
        case absent
    }

    public var layers: Int
    public var heads: Int
    /// d_model
    public var model: Int
    /// d_head
    public var head: Int
    /// d_mlp; nil when the model is attention only.
    public var neurons: Int?
    /// n_ctx
    public var positions: Int
    public var vocabulary: Int
    /// d_vocab_out
    public var logits: Int
    public var activation: String
    public var normalization: Normalization
    public var epsilon: Double
    public var isCausal: Bool
    /// Keys at this token take no part in attention.
    public var paddingToken: Int?

    /// Keys that say something of a model's making, not of its computation.
    private static let descriptive: Set<String> = [
        "format", "model_name", "original_architecture", "residual_labels", "output_labels", "token_encoding", "seed",
        "device",
        "dtype", "init_mode", "init_weights", "initializer_range", "n_params", "n_devices", "tokenizer_name",
        "from_checkpoint",
        "checkpoint_index", "checkpoint_label_type", "checkpoint_value",
    ]
    private static let known = [
        "n_layers", "n_heads", "d_model", "d_head", "d_mlp", "n_ctx", "d_vocab", "d_vocab_out", "act_fn",
        "normalization_type",
        "eps", "attention_dir", "attn_only", "positional_embedding_type", "pad_token",
        ModelConfiguration.familyKey,
    ]

    /// Reads what `config.json` says; a key that is not known is an error, since it may change what the model computes.
    init(_ json: JSONValue, file path: String) throws(ModelError) {
        guard case .object(let members) = json.content else {
            throw ModelError.value(file: path, key: "(root)", found: json.kind, expected: "an object")
        }
        for key in members.map(\.key) where !Self.known.contains(key) && !Self.descriptive.contains(key) {
            throw ModelError.unknownKey(file: path, key: key, perhaps: suggestions(for: key, among: Self.known))
        }
        let keys = ConfigurationKeys(file: path, json: json)

        layers = try keys.count("n_layers", from: 0)
        model = try keys.count("d_model")
        let attends = layers > 0
        heads = attends ? try keys.count("n_heads") : 0
        head = attends ? try keys.count("d_head") : 0
        positions = try keys.count("n_ctx")
        vocabulary = try keys.count("d_vocab")
        logits = try keys.optionalCount("d_vocab_out") ?? vocabulary
        let attentionOnly = try keys.flag("attn_only", default: false)
        neurons = attentionOnly || !attends ? nil : try keys.count("d_mlp")
        activation =
            neurons == nil ? "relu" : try keys.text("act_fn", among: ["relu", "gelu", "gelu_new"], default: nil)
        normalization =
            switch try keys.text("normalization_type", among: ["LN", "LNPre", "null"], default: "null") {
            case "LN": .full
            case "LNPre": .withoutWeights
            default: .absent
            }
        epsilon = try keys.positive("eps", default: 1e-5)
        isCausal = try keys.text("attention_dir", among: ["causal", "bidirectional"], default: "causal") == "causal"
        _ = try keys.text("positional_embedding_type", among: ["standard"], default: "standard")
        paddingToken = try keys.optionalCount("pad_token", from: 0)
        if let token = paddingToken, token >= vocabulary {
            throw ModelError.value(
                file: path, key: "pad_token", found: "\(token)", expected: "below d_vocab, \(vocabulary)")
        }
    }
}
