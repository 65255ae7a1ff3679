public import ScrubCore

/// A circuit that cannot be read, or is of another model.
public enum CircuitError: Diagnostic, Equatable {
    case missing(file: String, key: String)
    case value(file: String, key: String, found: String, expected: String)
    /// It states another size than the model has.
    case shape(file: String, key: String, found: Int, model: Int)
    case unknownNode(file: String, key: String, name: String, perhaps: [String], exist: String)
    /// An edge that no model of this shape has.
    case notRead(file: String, edge: String, reader: String, source: String, sources: [String])
    /// An edge in the circuit without its node.
    case withoutNode(file: String, edge: String, node: String)
    /// A circuit without an edge to the output, with a policy that leaves nothing to draw, or has no datum for all.
    case nothing(file: String)

    private var file: String {
        switch self {
        case .missing(let file, _), .value(let file, _, _, _), .shape(let file, _, _, _),
            .unknownNode(let file, _, _, _, _), .notRead(let file, _, _, _, _), .withoutNode(let file, _, _),
            .nothing(let file):
            file
        }
    }

    public var location: SourceLocation? { SourceLocation(file: file) }

    public var message: String {
        switch self {
        case .missing(_, let key): "the circuit has no \"\(key)\""
        case .value(_, let key, let found, let expected): "\"\(key)\" is \(found), expected \(expected)"
        case .shape(_, let key, let found, let model): "\"\(key)\" is \(found); the model has \(model)"
        case .unknownNode(_, let key, let name, let near, let exist):
            "no node \"\(name)\" in \"\(key)\"" + (near.isEmpty ? "" : ", perhaps \(near.joined(separator: ", "))")
                + "; \(exist)"
        case .notRead(_, let edge, let reader, let source, let sources):
            "the edge \"\(edge)\": \"\(reader)\" does not read \"\(source)\"; it reads \(sources.joined(separator: ", "))"
        case .withoutNode(_, let edge, let node):
            "the edge \"\(edge)\" is in the circuit, its node \"\(node)\" is not"
        case .nothing:
            "no edge of the circuit leads from the input to logits; with others exact or each nothing is left to draw"
        }
    }
}
