internal import ScrubCore
public import ScrubGraph

/// The claims of a hypothesis, apart from the model, data and behaviour they are about.
public struct Interpretation: Hashable, Sendable {
    /// What reports call the hypothesis: its file, or any name.
    public var name: String
    /// Named SQL expressions.
    public var features: [String: Located<String>]
    /// The policy of claims that state none.
    public var others: OthersPolicy
    /// It stands at the output.
    public var root: Claim

    public init(
        _ name: String, features: [String: Located<String>] = [:], others: OthersPolicy = .random, root: Claim
    ) {
        self.name = name
        self.features = features
        self.others = others
        self.root = root
    }
}

extension Hypothesis {
    /// What it claims, apart from the model, data and behaviour: as written, or what its circuit says of `graph`.
    ///
    /// - Throws: a circuit that cannot be read or is of another model.
    public func claims(on graph: Graph) throws -> Interpretation {
        var root = interpretation
        if let circuit {
            let path = resolve(circuit.value)
            root = try Circuit(contentsOf: path, on: graph).claim(
                on: graph, others: others, at: SourceLocation(file: path))
        }
        return Interpretation(file, features: features, others: others, root: root)
    }
}
