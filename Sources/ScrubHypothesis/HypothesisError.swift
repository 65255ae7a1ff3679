public import ScrubCore
internal import ScrubGraph

/// A hypothesis that cannot be read, or says something that cannot be.
public enum HypothesisError: Diagnostic, Equatable {
    case syntax(SourceLocation, String)
    case missing(SourceLocation, key: String, of: String)
    case unknownKey(SourceLocation, key: String, known: [String])
    case value(SourceLocation, key: String, found: String, expected: String)
    case unknownMeasure(SourceLocation, name: String)
    case unknownNode(SourceLocation, name: String, perhaps: [String], exist: String)
    case notReached(SourceLocation, node: String, parent: String, direct: [String])
    case constant(SourceLocation, node: String)
    case duplicate(SourceLocation, node: String, first: SourceLocation)
    /// Two claims on one path.
    case samePath(SourceLocation, node: String, path: String, claimed: String, first: SourceLocation)
    /// A claim's path leads through another's.
    case overlap(
        SourceLocation, node: String, path: String, claimed: String, first: SourceLocation, claimedPath: String)
    case noPath(SourceLocation, node: String, parent: String, why: String)
    case idleAvoiding(SourceLocation, node: String, parent: String, excluded: String)
    case slice(SourceLocation, node: String, text: String, expected: String)
    case star(SourceLocation, text: String)
    case rootElsewhere(SourceLocation, node: String, output: String)
    case twoRoots(SourceLocation, count: Int)
    case sharedExact(SourceLocation, node: String, between: String)
    case sharedDiffers(SourceLocation, node: String, first: SourceLocation)
    case tooMany(SourceLocation, limit: Int)
    case sameDraw(SourceLocation, key: String)
    case tooManyPaths(SourceLocation, node: String, limit: Int)
    case noNode(SourceLocation)
    case idleClaim(SourceLocation, name: String)
    case unknownClaim(SourceLocation, node: String, name: String, known: [String])
    case cycle(SourceLocation, names: [String])
    case idleOthers(SourceLocation, node: String)
    case touchesNothing(SourceLocation)
    /// A `${` that opens no parameter.
    case parameterName(SourceLocation)
    /// A parameter without a value.
    case noParameter(SourceLocation, name: String)
    /// A policy for claims that state none, where each states its own.
    case othersStated(file: String)

    public var location: SourceLocation? {
        switch self {
        case .syntax(let place, _), .missing(let place, _, _), .unknownKey(let place, _, _), .value(let place, _, _, _),
            .unknownMeasure(let place, _), .unknownNode(let place, _, _, _), .notReached(let place, _, _, _),
            .constant(let place, _),
            .duplicate(let place, _, _), .samePath(let place, _, _, _, _), .overlap(let place, _, _, _, _, _),
            .noPath(let place, _, _, _), .idleAvoiding(let place, _, _, _), .slice(let place, _, _, _),
            .star(let place, _), .rootElsewhere(let place, _, _), .twoRoots(let place, _),
            .sharedExact(let place, _, _), .sharedDiffers(let place, _, _), .tooMany(let place, _),
            .sameDraw(let place, _), .tooManyPaths(let place, _, _), .noNode(let place), .idleClaim(let place, _),
            .unknownClaim(let place, _, _, _), .cycle(let place, _), .idleOthers(let place, _),
            .touchesNothing(let place), .parameterName(let place), .noParameter(let place, _):
            place
        case .othersStated(let file): SourceLocation(file: file)
        }
    }

    public var message: String {
        switch self {
        case .syntax(_, let reason): "not YAML: \(reason)"
        case .missing(_, let key, let owner): "\(owner) has no \"\(key)\""
        case .unknownKey(_, let key, let known):
            "unknown key \"\(key)\"" + perhaps(suggestions(for: key, among: known))
                + "; keys here are \(known.joined(separator: ", "))" + otherKind(key, known)
        case .value(_, let key, let found, let expected): "\"\(key)\" is \(found), expected \(expected)"
        case .unknownMeasure(_, let name):
            "no measure \"\(name)\"" + perhaps(suggestions(for: name, among: Measure.allCases.map(\.rawValue)))
                + "; measures are \(Measure.allCases.map(\.rawValue).joined(separator: ", "))"
        case .unknownNode(_, let name, let near, let exist): "no node \"\(name)\"" + perhaps(near) + "; \(exist)"
        case .notReached(_, let node, let parent, let direct):
            "\"\(node)\" is not a direct input of \"\(parent)\"; those are "
                + "\(direct.joined(separator: ", ")); for longer paths say paths: all, or via"
        case .constant(_, let node): "\"\(node)\" is the same for every datum; there is nothing to claim about it"
        case .duplicate(_, let node, let first):
            "\"\(node)\" is claimed twice, first at \(first); tell the paths of one apart by via, which draws under its own name"
        case .samePath(_, let node, let path, let claimed, let first):
            "two claims stand on one path: \"\(node)\" and \"\(claimed)\", claimed at \(first); the path is \(path)"
        case .overlap(_, let node, let path, let claimed, let first, let claimedPath):
            "\"\(node)\" is reached through \"\(claimed)\", which is claimed at \(first): \(path) leads through "
                + "\(claimedPath); claim one of them, one below the other, or say avoiding"
        case .noPath(_, let node, let parent, let why):
            "\"\(node)\" is not reached from \"\(parent)\": \(why)"
        case .idleAvoiding(_, let node, let parent, let excluded):
            "avoiding \"\(excluded)\" excludes nothing: no path from \"\(parent)\" to \"\(node)\" passes it"
        case .slice(_, let node, let text, let expected):
            "\"\(node)\" has \"[\(text)]\", expected \(expected)"
        case .star(_, let text):
            "\"\(text)\" has [*], which stands for a number only below a claim on [*]"
        case .rootElsewhere(_, let node, let output):
            "the root claim stands at \"\(node)\"; it must stand at the output, \"\(output)\""
        case .twoRoots(_, let count):
            "\(count) root claims; a hypothesis has one, at the output, and the others are among its inputs"
        case .sharedExact(_, let node, let between):
            "\"\(node)\" is shared and exact, but \"\(between)\" above it is drawn: its parents have different data"
        case .sharedDiffers(_, let node, let first):
            "\"\(node)\" is shared with the claim at \(first), but stands elsewhere or says something else there"
        case .tooMany(_, let limit):
            "the hypothesis becomes more than \(limit) claims; share those that stand under several parents"
        case .sameDraw(_, let key):
            "two data would be drawn under the key \"\(key)\" and so be one: give the node another name"
        case .tooManyPaths(_, let node, let limit):
            "the claims below \"\(node)\" tell more than \(limit) kinds of path apart; claim fewer by via and avoiding there"
        case .idleClaim(_, let name): "the claim \"\(name)\" stands nowhere: no claim of the interpretation names it"
        case .noNode: "a claim names no node"
        case .unknownClaim(_, let node, let name, let known):
            "\"\(node)\" is \"\(name)\", expected a mapping, such as {same: FEATURE}, or the name of a claim"
                + perhaps(suggestions(for: name, among: known))
                + (known.isEmpty ? "; there is no section \"claims\"" : "; claims are \(known.joined(separator: ", "))")
        case .cycle(_, let names): "claims in a circle: \(names.joined(separator: " > "))"
        case .idleOthers(_, let node): "\"others\" of \"\(node)\" says nothing: no input of \"\(node)\" is claimed"
        case .touchesNothing:
            "the hypothesis touches nothing: the output is exact and no input is claimed, so nothing would be resampled"
        case .parameterName:
            "\"${\" opens no parameter: expected a name and \"}\", such as ${layer}; $${ stands for ${ itself"
        case .noParameter(_, let name): "the parameter \"\(name)\" has no value: give it with --set \(name)=VALUE"
        case .othersStated: "every claim states its own others, so that another policy would change nothing"
        }
    }

    /// A sweep is no hypothesis, and the other way round.
    private func otherKind(_ key: String, _ known: [String]) -> String {
        switch key {
        case "hypotheses" where known.contains("interpretation"): "; if this is a sweep, it is for scrubjay sweep"
        case "interpretation", "model", "data", "behaviour":
            known.contains("hypotheses") ? "; if this is a hypothesis, it is for scrubjay run" : ""
        default: ""
        }
    }

    private func perhaps(_ near: [String]) -> String {
        near.isEmpty ? "" : ", perhaps \(near.joined(separator: ", "))"
    }
}
