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
    /// What it claims as written, apart from the model, data and behaviour; nothing where it names a circuit.
    public var claims: Interpretation {
        Interpretation(file, features: features, others: others, root: interpretation)
    }

    /// What it claims about `graph`: as written, or what its circuit says.
    ///
    /// - Throws: a circuit that cannot be read or is of another model.
    public func claims(on graph: Graph) throws -> Interpretation {
        var claims = claims
        if let circuit {
            let path = resolve(circuit.value)
            claims.root = try Circuit(contentsOf: path, on: graph).claim(
                on: graph, others: others, at: SourceLocation(file: path))
        }
        return claims
    }
}
