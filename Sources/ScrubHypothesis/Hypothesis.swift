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

/// Where the data are and which of their rows make up D.
public struct DataStatement: Hashable, Sendable {
    /// Path as written, relative to the hypothesis.
    public var file: Located<String>
    /// The column of token ids, one row of positions a datum.
    public var tokens: Located<String>
    /// Whether the file names that column itself; only models that read tokens allow it.
    public var namesTokens = true
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

/// A hypothesis file as values: what model, what data, what is measured, and the tree of claims.
public struct Hypothesis: Hashable, Sendable {
    public var file: String
    public var model: Located<String>
    public var data: DataStatement
    public var behaviour: BehaviourStatement
    /// What is measured besides, on the same draws.
    public var also: [BehaviourStatement]
    /// Named SQL expressions.
    public var features: [String: Located<String>]
    /// How the model's graph is rewritten before it is claimed about, in order.
    public var rewrites: [Located<RewriteStatement>]
    /// The policy of claims that state none.
    public var others: OthersPolicy
    /// The root claim; it stands at the output. With a circuit, one without inputs.
    public var interpretation: Claim
    /// A circuit graph file that stands for the claims: only a model tells what they are.
    public var circuit: Located<String>?
    /// The model's folder and the data's file, from the working directory, where they are others than the file names.
    public internal(set) var otherModel: Located<String>?
    public internal(set) var otherData: Located<String>?

    public init(
        file: String, model: Located<String>, data: DataStatement, behaviour: BehaviourStatement,
        features: [String: Located<String>] = [:], rewrites: [Located<RewriteStatement>] = [],
        others: OthersPolicy = .random, interpretation: Claim, circuit: Located<String>? = nil,
        also: [BehaviourStatement] = []
    ) {
        self.file = file
        self.model = model
        self.data = data
        self.behaviour = behaviour
        self.also = also
        self.features = features
        self.rewrites = rewrites
        self.others = others
        self.interpretation = interpretation
        self.circuit = circuit
    }

    /// A path as written in the file, from the working directory.
    public func resolve(_ path: String) -> String {
        guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
        return file[...slash] + path
    }
}
