internal import Foundation
internal import ScrubCore
internal import ScrubOps

/// Reads the op of a node, written as in plan files: `{"layerNorm": {"epsilon": 1e-05}}`.
struct GraphOpReader {
    let member: GraphMember

    /// The ops that models are made of.
    private static let known = Op.everyKind.filter { !$0.isPlanOnly }.map(\.name)

    func op() throws(GraphModelError) -> Op {
        let value = try member.value("op")
        guard case .object(let members) = value.content, members.count == 1, let stated = members.first else {
            throw member.wrong(
                "op", member.reader.text(value), "an object with one member, such as {\"linear\": {}}")
        }
        guard let kind = Op.everyKind.first(where: { $0.name == stated.key }) else {
            throw member.wrong("op", "\"\(stated.key)\"", "one of \(Self.known.joined(separator: ", "))")
        }
        let place = member.reader.place(stated.offset)
        if kind.isPlanOnly { throw .planOnly(place, of: member.subject, op: kind.name) }
        let attributes = Mirror(reflecting: kind.rule).children.compactMap(\.label)
        let inside = GraphMember(
            reader: member.reader, subject: "\(stated.key) of \(member.subject)", json: stated.value)
        _ = try inside.members(known: attributes)
        let op = try decoded(value, inside)
        if case .layerNorm(let norm) = op, !(norm.epsilon > 0) {
            throw inside.wrong("epsilon", "\(norm.epsilon)", "a positive number")
        }
        return op
    }

    private func decoded(_ value: JSONValue, _ inside: GraphMember) throws(GraphModelError) -> Op {
        let bytes = Data(member.reader.bytes[value.offset..<value.end])
        do { return try JSONDecoder().decode(Op.self, from: bytes) } catch {
            switch error as? DecodingError {
            case .keyNotFound(let key, _): throw .missingKey(inside.place, of: inside.subject, key: key.stringValue)
            case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
                throw wrong(context, inside, Self.words(type))
            case .dataCorrupted(let context): throw wrong(context, inside, nil)
            default: throw member.wrong("op", member.reader.text(value), "attributes of the op")
            }
        }
    }

    /// - Parameter expected: in words; nil for a value of the right kind that the attribute cannot have.
    private func wrong(
        _ context: DecodingError.Context, _ inside: GraphMember, _ expected: String?
    ) -> GraphModelError {
        // The first of the path is the op, the second its attribute.
        let key = context.codingPath.dropFirst().first?.stringValue ?? ""
        let found = inside.json[key].map(inside.reader.text) ?? "null"
        let functions = Activation.Function.allCases.map(\.rawValue).joined(separator: ", ")
        return inside.wrong(
            key, found,
            expected ?? (key == "function" ? "one of \(functions)" : "a value that \(inside.subject) can have"))
    }

    private static func words(_ type: any Any.Type) -> String {
        switch type {
        case is Bool.Type: "true or false"
        case is Int.Type: "an integer"
        case is Float.Type, is Double.Type: "a number"
        case is String.Type: "a string"
        default: "a list of integers"
        }
    }
}

extension Op {
    /// Whether it has a meaning only where data are drawn and claims put together.
    var isPlanOnly: Bool {
        switch self {
        case .gather, .lookup, .mergePositions, .mergeSources: true
        default: false
        }
    }
}
