internal import ScrubCore

/// What `config.json` says of a model, by family.
public enum ModelConfiguration: Hashable, Sendable {
    case transformer(TransformerConfiguration)
    case graph(GraphConfiguration)

    /// The key that names the family: `transformer`, which is also what its absence means, or `graph`.
    static let familyKey = "model_type"

    /// Reads `config.json`. Throws `FileError`, `JSONError`, `ModelError` or `GraphModelError`.
    public init(contentsOf path: String) throws {
        self = try MappedFile(path).withBytes { bytes in
            let json = try JSONText.parse(bytes, file: path)
            let family = try ConfigurationKeys(file: path, json: json)
                .text(Self.familyKey, among: ["transformer", "graph"], default: "transformer")
            return family == "graph"
                ? .graph(try GraphReader(file: path, bytes: bytes).configuration(json))
                : .transformer(try TransformerConfiguration(json, file: path))
        }
    }

    /// Whether the model reads tensors of its folder.
    var hasWeights: Bool {
        switch self {
        case .transformer: true
        case .graph(let configuration): configuration.hasWeights
        }
    }
}
