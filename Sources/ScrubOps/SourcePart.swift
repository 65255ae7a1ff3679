/// A part of an attention pattern: pairs of a query position q and a source (key) position j.
public enum SourcePart: Hashable, Sendable {
    /// The pairs whose `q - j` is listed: 0 is the token itself, 1 the one before it.
    case offsets([Int])
    /// The pairs whose j is listed, whatever q.
    case keys([Int])
    /// The pairs `[q, j]` that are listed.
    case pairs([[Int]])

    public func contains(query: Int, source: Int) -> Bool {
        switch self {
        case .offsets(let offsets): offsets.contains { $0.addingReportingOverflow(source) == (query, false) }
        case .keys(let keys): keys.contains(source)
        case .pairs(let pairs): pairs.contains([query, source])
        }
    }

    /// `offsets 0,1`.
    public var text: String {
        switch self {
        case .offsets(let offsets): "offsets \(offsets.map(String.init).joined(separator: ","))"
        case .keys(let keys): "keys \(keys.map(String.init).joined(separator: ","))"
        case .pairs(let pairs):
            "pairs \(pairs.map { $0.map(String.init).joined(separator: ":") }.joined(separator: ","))"
        }
    }
}

/// In a file `{"offsets": [1]}`, `{"keys": [0, 1]}` or `{"pairs": [[2, 0], [2, 1]]}`.
extension SourcePart: Codable {
    private enum Key: CodingKey { case offsets, keys, pairs }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .offsets(let offsets): try container.encode(offsets, forKey: .offsets)
        case .keys(let keys): try container.encode(keys, forKey: .keys)
        case .pairs(let pairs): try container.encode(pairs, forKey: .pairs)
        }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        guard let key = container.allKeys.first, container.allKeys.count == 1 else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "a part is offsets, keys or pairs"))
        }
        if key == .pairs {
            self = .pairs(try container.decode([[Int]].self, forKey: key))
            return
        }
        let numbers = try container.decode([Int].self, forKey: key)
        self = if key == .offsets { .offsets(numbers) } else { .keys(numbers) }
    }
}
