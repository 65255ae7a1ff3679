internal import ScrubCore

/// Typed reading of a configuration's members, each error naming the key and what it may be.
struct ConfigurationKeys {
    /// Sizes beyond this are a mistake, and would overflow products of them.
    private static let greatest = 1 << 24

    let file: String
    let json: JSONValue

    func count(_ key: String, from least: Int = 1) throws(ModelError) -> Int {
        guard let value = try optionalCount(key, from: least) else { throw .missingKey(file: file, key: key) }
        return value
    }

    /// Nil where the key is absent or null.
    func optionalCount(_ key: String, from least: Int = 1) throws(ModelError) -> Int? {
        guard let member = json[key] else { return nil }
        switch member.content {
        case .null: return nil
        case .integer(let value) where Int64(least)...Int64(Self.greatest) ~= value: return Int(value)
        default: throw wrong(key, member, "an integer from \(least) to \(Self.greatest)")
        }
    }

    func positive(_ key: String, default fallback: Double) throws(ModelError) -> Double {
        guard let member = json[key] else { return fallback }
        switch member.content {
        case .real(let value) where value > 0 && value.isFinite: return value
        case .integer(let value) where value > 0: return Double(value)
        default: throw wrong(key, member, "a positive number")
        }
    }

    func flag(_ key: String, default fallback: Bool) throws(ModelError) -> Bool {
        guard let member = json[key] else { return fallback }
        guard case .boolean(let value) = member.content else {
            throw wrong(key, member, "true or false")
        }
        return value
    }

    /// One of `choices`; null reads as "null". A key without default must be there.
    func text(_ key: String, among choices: [String], default fallback: String?) throws(ModelError) -> String {
        guard let member = json[key] else {
            guard let fallback else { throw .missingKey(file: file, key: key) }
            return fallback
        }
        let value: String? =
            switch member.content {
            case .text(let text): text
            case .null: "null"
            default: nil
            }
        guard let value, choices.contains(value) else { throw wrong(key, member, choices.joined(separator: ", ")) }
        return value
    }

    private func wrong(_ key: String, _ member: JSONValue, _ expected: String) -> ModelError {
        let found =
            switch member.content {
            case .text(let text): "\"\(text)\""
            case .integer(let value): "\(value)"
            case .real(let value): "\(value)"
            case .boolean(let value): "\(value)"
            case .null: "null"
            case .array, .object: member.kind
            }
        return .value(file: file, key: key, found: found, expected: expected)
    }
}
