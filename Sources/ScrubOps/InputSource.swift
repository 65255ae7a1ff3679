/// Where a value that no step computes comes from. Bindings are given under these names at every run.
public enum InputSource: Hashable, Sendable, Codable, CustomStringConvertible {
    /// A tensor of the checkpoint, or one element of its first axis (one head of `W_Q`).
    case weight(String, slice: Int?)
    /// The same with its two axes exchanged, `W^T`. It must have two.
    case transposedWeight(String, slice: Int?)
    /// A column of the dataset, one row a datum.
    case column(String)
    /// A figure over the dataset's labels that the host computes, such as their distribution.
    case statistic(String)

    /// What holds its numbers: the weight that it is the transpose of, or itself.
    public var stored: InputSource {
        if case .transposedWeight(let name, let slice) = self { .weight(name, slice: slice) } else { self }
    }

    /// `weight blocks.0.attn.W_Q[1]`, `weight blocks.0.attn.W_K[1] transposed`, `column tokens`, `statistic labels`.
    public var description: String {
        switch self {
        case .weight(let name, let slice): "weight \(name)\(slice.map { "[\($0)]" } ?? "")"
        case .transposedWeight: "\(stored) transposed"
        case .column(let name): "column \(name)"
        case .statistic(let name): "statistic \(name)"
        }
    }
}

/// In a file: `{"weight": "blocks.0.attn.W_Q", "slice": 1}`, perhaps with `"transposed": true`, `{"column": "tokens"}`
/// or `{"statistic": "labels"}`.
extension InputSource {
    private enum Key: String, CodingKey {
        case weight, slice, transposed, column, statistic
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .weight(let name, let slice):
            try container.encode(name, forKey: .weight)
            try container.encodeIfPresent(slice, forKey: .slice)
        case .transposedWeight(let name, let slice):
            try container.encode(name, forKey: .weight)
            try container.encodeIfPresent(slice, forKey: .slice)
            try container.encode(true, forKey: .transposed)
        case .column(let name): try container.encode(name, forKey: .column)
        case .statistic(let name): try container.encode(name, forKey: .statistic)
        }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        if let name = try container.decodeIfPresent(String.self, forKey: .weight) {
            let slice = try container.decodeIfPresent(Int.self, forKey: .slice)
            let isTransposed = try container.decodeIfPresent(Bool.self, forKey: .transposed) ?? false
            self = isTransposed ? .transposedWeight(name, slice: slice) : .weight(name, slice: slice)
        } else if let name = try container.decodeIfPresent(String.self, forKey: .column) {
            self = .column(name)
        } else if let name = try container.decodeIfPresent(String.self, forKey: .statistic) {
            self = .statistic(name)
        } else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "a source is a weight, a column or a statistic")
            )
        }
    }
}
