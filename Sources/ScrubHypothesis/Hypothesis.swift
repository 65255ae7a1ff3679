public import ScrubCore

/// A value with the place it was read from.
public struct Located<Value: Sendable & Hashable>: Sendable, Hashable {
    public var value: Value
    public var location: SourceLocation

    public init(_ value: Value, _ location: SourceLocation) {
        self.value = value
        self.location = location
    }
}

/// How a claim's datum is drawn, given its parent's.
public enum Condition: Hashable, Sendable {
    /// The parent's datum itself.
    case exact
    /// Any datum.
    case any
    /// A datum on which the feature has the value that it has on the parent's: a column, a named feature, or an SQL
    /// expression.
    case feature(String)
}

/// The datum of those inputs of a claim that no child claims.
public enum OthersPolicy: Hashable, Sendable, CustomStringConvertible {
    /// One unconditional draw, shared by all of them, independent of every other claim's.
    case random
    /// The claim's own datum.
    case exact
    /// One unconditional draw for each direct input.
    case each
    /// One unconditional draw shared by every claim that says the same name.
    case together(String)
    /// One draw on which the feature has the value that it has on the claim's own datum.
    case same(String)

    public var description: String {
        switch self {
        case .random: "random"
        case .exact: "exact"
        case .each: "each"
        case .together(let name): "together: \(name)"
        case .same(let feature): "same: \(feature)"
        }
    }
}

/// One claim as it was written: a node, the feature by which its datum is drawn, the claims on its inputs, and the
/// policy for the rest.
public struct Claim: Hashable, Sendable {
    /// The node as the file names it; the root's is the output.
    public var node: Located<String>
    public var same: Located<Condition>
    public var inputs: [Claim]
    public var others: Located<OthersPolicy>

    public init(node: Located<String>, same: Located<Condition>, inputs: [Claim], others: Located<OthersPolicy>) {
        self.node = node
        self.same = same
        self.inputs = inputs
        self.others = others
    }
}

/// Where the data are and which of their rows make up D.
public struct DataStatement: Hashable, Sendable {
    /// Path as written, relative to the hypothesis.
    public var file: Located<String>
    /// The column of token ids, one row of positions a datum.
    public var tokens: Located<String>
    /// An SQL expression that restricts D.
    public var condition: Located<String>?
    /// A column of weights.
    public var weight: Located<String>?

    public init(
        file: Located<String>, tokens: Located<String>, condition: Located<String>? = nil,
        weight: Located<String>? = nil
    ) {
        self.file = file
        self.tokens = tokens
        self.condition = condition
        self.weight = weight
    }
}

/// What is measured, as written.
public struct BehaviourStatement: Hashable, Sendable {
    public enum Positions: Hashable, Sendable {
        case all
        case last
        case list([Int])
    }

    /// `cross_entropy`, `binary_cross_entropy` or `squared_error`.
    public var loss: Located<String>
    public var positions: Located<Positions>
    /// A column, or `model` for the model's own output.
    public var label: Located<String>
    /// A column that weighs positions; the loss is their weighted mean.
    public var mask: Located<String>?
    /// How far ahead of the position read its label lies: 1 for predicting the next token.
    public var shift: Int

    public init(
        loss: Located<String>, positions: Located<Positions>, label: Located<String>, mask: Located<String>? = nil,
        shift: Int = 0
    ) {
        self.loss = loss
        self.positions = positions
        self.label = label
        self.mask = mask
        self.shift = shift
    }
}

/// A hypothesis file as values: what model, what data, what is measured, and the tree of claims.
public struct Hypothesis: Hashable, Sendable {
    public var file: String
    public var model: Located<String>
    public var data: DataStatement
    public var behaviour: BehaviourStatement
    /// Named SQL expressions.
    public var features: [String: Located<String>]
    /// The root claim; it stands at the output.
    public var interpretation: Claim

    public init(
        file: String, model: Located<String>, data: DataStatement, behaviour: BehaviourStatement,
        features: [String: Located<String>], interpretation: Claim
    ) {
        self.file = file
        self.model = model
        self.data = data
        self.behaviour = behaviour
        self.features = features
        self.interpretation = interpretation
    }

    /// A path as written in the file, from the working directory.
    public func resolve(_ path: String) -> String {
        guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
        return file[...slash] + path
    }
}
