public import ScrubCore

/// A hypothesis that cannot be read, or says something that cannot be.
public enum HypothesisError: Diagnostic, Equatable {
    case syntax(SourceLocation, String)
    case missing(SourceLocation, key: String, of: String)
    case unknownKey(SourceLocation, key: String, known: [String])
    case value(SourceLocation, key: String, found: String, expected: String)
    case unknownNode(SourceLocation, name: String, perhaps: [String], exist: String)
    case notReached(SourceLocation, node: String, parent: String, direct: [String])
    case constant(SourceLocation, node: String)
    case duplicate(SourceLocation, node: String, first: SourceLocation)
    case overlap(SourceLocation, node: String, claimed: String, first: SourceLocation)
    case idleOthers(SourceLocation, node: String)
    case touchesNothing(SourceLocation)

    public var location: SourceLocation? {
        switch self {
        case .syntax(let place, _), .missing(let place, _, _), .unknownKey(let place, _, _), .value(let place, _, _, _),
            .unknownNode(let place, _, _, _), .notReached(let place, _, _, _), .constant(let place, _),
            .duplicate(let place, _, _), .overlap(let place, _, _, _), .idleOthers(let place, _),
            .touchesNothing(let place):
            place
        }
    }

    public var message: String {
        switch self {
        case .syntax(_, let reason): "not YAML: \(reason)"
        case .missing(_, let key, let owner): "\(owner) has no \"\(key)\""
        case .unknownKey(_, let key, let known):
            "unknown key \"\(key)\"" + perhaps(suggestions(for: key, among: known))
                + "; keys here are \(known.joined(separator: ", "))"
        case .value(_, let key, let found, let expected): "\"\(key)\" is \(found), expected \(expected)"
        case .unknownNode(_, let name, let near, let exist): "no node \"\(name)\"" + perhaps(near) + "; \(exist)"
        case .notReached(_, let node, let parent, let direct):
            "\"\(node)\" is not a direct input of \"\(parent)\"; those are \(direct.joined(separator: ", "))"
        case .constant(_, let node): "\"\(node)\" is the same for every datum; there is nothing to claim about it"
        case .duplicate(_, let node, let first): "\"\(node)\" is claimed twice; first at \(first)"
        case .overlap(_, let node, let claimed, let first):
            "\"\(node)\" is reached through \"\(claimed)\", which is claimed at \(first); claim one of them, or one below the other"
        case .idleOthers(_, let node): "\"others\" of \"\(node)\" says nothing: no input of \"\(node)\" is claimed"
        case .touchesNothing:
            "the hypothesis touches nothing: the output is exact and no input is claimed, so nothing would be resampled"
        }
    }

    private func perhaps(_ near: [String]) -> String {
        near.isEmpty ? "" : ", perhaps \(near.joined(separator: ", "))"
    }
}
