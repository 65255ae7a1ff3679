/// A JSON value with the place it was read from.
public struct JSONValue: Sendable {
    public enum Content: Sendable {
        case null
        case boolean(Bool)
        /// A number written without fraction and exponent, exact.
        case integer(Int64)
        case real(Double)
        case text(String)
        case array([JSONValue])
        /// Members in the order of the text; no key occurs twice.
        case object([JSONMember])
    }

    public let content: Content
    /// The byte where the value starts, counted from the start of the text.
    public let offset: Int
    /// The byte behind its last.
    public let end: Int

    /// The value of the member called `key`, when this is an object that has one.
    ///
    /// - Complexity: O(number of members).
    public subscript(key: String) -> JSONValue? {
        guard case .object(let members) = content else { return nil }
        return members.first { $0.key == key }?.value
    }

    /// What the value is, for messages: "an object", "a string", ...
    public var kind: String {
        switch content {
        case .null: "null"
        case .boolean: "a boolean"
        case .integer: "an integer"
        case .real: "a number"
        case .text: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

/// A key of a JSON object and what it stands for.
public struct JSONMember: Sendable {
    public let key: String
    /// The byte where the key's opening quote is.
    public let offset: Int
    public let value: JSONValue
}
