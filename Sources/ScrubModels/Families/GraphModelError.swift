public import ScrubCore
public import ScrubOps

/// A configuration of the family `graph` that describes no computation.
public enum GraphModelError: Diagnostic, Equatable {
    /// `of` is what has the key: `the model`, `nodes[2]`, `node "h"`.
    case missingKey(SourceLocation, of: String, key: String)
    case unknownKey(SourceLocation, of: String, key: String, known: [String])
    case value(SourceLocation, of: String, key: String, found: String, expected: String)
    case notAnObject(SourceLocation, of: String, found: String)
    /// A node that is not one of a column, a weight and an op.
    case kind(SourceLocation, of: String, stated: [String])
    /// Two nodes of one name, or two that are one column or tensor.
    case duplicate(SourceLocation, of: String, what: String, first: SourceLocation)
    case unknownNode(SourceLocation, of: String, name: String, known: [String])
    case laterInput(SourceLocation, of: String, name: String, isItself: Bool)
    /// Inputs that the op does not accept.
    case inputs(SourceLocation, of: String, OpError)
    /// An op that only plans have.
    case planOnly(SourceLocation, of: String, op: String)
    case missingTensor(SourceLocation, of: String, name: String, known: [String])
    case tensor(SourceLocation, of: String, ModelError)
    /// Integers that the op reading them could find out of its range.
    case range(SourceLocation, of: String, input: String, below: Int, limit: Int?)
    case size(SourceLocation, of: String, Shape)
    case constant(SourceLocation, of: String)
    case unread(SourceLocation, of: String, output: String)
    /// A behaviour has a node of this name.
    case taken(SourceLocation, of: String)

    public var location: SourceLocation? {
        switch self {
        case .missingKey(let place, _, _), .unknownKey(let place, _, _, _), .value(let place, _, _, _, _),
            .notAnObject(let place, _, _), .kind(let place, _, _), .duplicate(let place, _, _, _),
            .unknownNode(let place, _, _, _), .laterInput(let place, _, _, _),
            .inputs(let place, _, _), .planOnly(let place, _, _), .missingTensor(let place, _, _, _),
            .tensor(let place, _, _), .range(let place, _, _, _, _), .size(let place, _, _), .constant(let place, _),
            .unread(let place, _, _), .taken(let place, _):
            place
        }
    }

    public var message: String {
        switch self {
        case .missingKey(_, let subject, let key): "\(subject) has no \"\(key)\""
        case .unknownKey(_, let subject, let key, let known):
            "\(subject) has an unknown key \"\(key)\"\(Self.perhaps(key, known)); keys are \(known.joined(separator: ", "))"
        case .value(_, let subject, let key, let found, let expected):
            "\(subject): \"\(key)\" is \(found), expected \(expected)"
        case .notAnObject(_, let subject, let found): "\(subject) is \(found), expected an object"
        case .kind(_, let subject, let stated):
            "\(subject) has \(stated.isEmpty ? "none" : stated.joined(separator: " and ")), expected one of column, weight, op"
        case .duplicate(_, let subject, let what, let first):
            "\(subject): \(what) at line \(first.line ?? 0), column \(first.column ?? 0)"
        case .unknownNode(_, let subject, let name, let known):
            "\(subject) names a node \"\(name)\", which does not exist\(Self.perhaps(name, known)); nodes are "
                + known.joined(separator: ", ")
        case .laterInput(_, let subject, let name, let isItself):
            isItself
                ? "\(subject) reads itself"
                : "\(subject) reads \"\(name)\", which is listed after it; a node reads earlier ones"
        case .inputs(_, let subject, let error): "\(subject): \(error.message)"
        case .planOnly(_, let subject, let op): "\(subject): the op \(op) is for plans alone, a model has no draws"
        case .missingTensor(_, let subject, let name, let known):
            "\(subject): no tensor \"\(name)\"\(Self.perhaps(name, known)); tensors are \(known.joined(separator: ", "))"
        case .tensor(_, let subject, let error): "\(subject): \(error.message)"
        case .range(_, let subject, let input, let below, let limit):
            limit.map { "\(subject) reads integers below \(below) of \"\(input)\", and there are \($0)" }
                ?? "\(subject) reads integers of \"\(input)\", whose range its op does not state"
        case .size(_, let subject, let shape): "\(subject): \(shape) is empty, or too large"
        case .constant(_, let subject):
            "\(subject) is the same for every datum; compute it beforehand and make it a weight"
        case .unread(_, let subject, let output): "\(subject) has no part in the output, \"\(output)\""
        case .taken(_, let subject): "\(subject) bears the name of a node of the behaviour; call it something else"
        }
    }

    private static func perhaps(_ word: String, _ known: [String]) -> String {
        suggestions(for: word, among: known).first.map { ", perhaps \($0)" } ?? ""
    }
}
