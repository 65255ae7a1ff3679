internal import ScrubCore

/// Claims one below the other, as statements.
@resultBuilder
public enum ClaimBuilder {
    public static func buildExpression(_ claim: Claim) -> [Claim] { [claim] }
    public static func buildExpression(_ claims: [Claim]) -> [Claim] { claims }
    public static func buildBlock(_ claims: [Claim]...) -> [Claim] { claims.flatMap(\.self) }
    public static func buildOptional(_ claims: [Claim]?) -> [Claim] { claims ?? [] }
    public static func buildEither(first claims: [Claim]) -> [Claim] { claims }
    public static func buildEither(second claims: [Claim]) -> [Claim] { claims }
    public static func buildArray(_ claims: [[Claim]]) -> [Claim] { claims.flatMap(\.self) }
}

extension Condition: ExpressibleByStringLiteral {
    /// A feature: `"count AND starts_open"`.
    public init(stringLiteral text: String) { self = .feature(text) }
}

extension Claim {
    /// A claim in Swift; errors point at the line that makes it.
    ///
    /// - Parameters:
    ///   - nodes: as a file names them: `a1.h0`, `input[1]`, `embed[*]`; several share the claim's draw.
    ///   - same: how its datum is drawn given its parent's.
    ///   - paths: by which its nodes are reached; every path where `via` or `avoiding` are given.
    ///   - via: nodes that a path passes, every one.
    ///   - avoiding: nodes that a path passes none of.
    ///   - others: the datum of inputs that no claim below claims; nil for the interpretation's.
    ///   - shared: claims of one name are drawn once.
    ///   - file: where errors point.
    ///   - line: where errors point.
    ///   - inputs: the claims below it.
    public init(
        _ nodes: String..., same: Condition = .exact, paths: Route.Scope? = nil, via: [String] = [],
        avoiding: [String] = [], others: OthersPolicy? = nil, shared: String? = nil, file: String = #fileID,
        line: Int = #line, @ClaimBuilder inputs: () -> [Claim] = { [] }
    ) {
        func located<Value>(_ value: Value) -> Located<Value> { Located(value, SourceLocation(file: file, line: line)) }
        let scope = paths ?? (via.isEmpty && avoiding.isEmpty ? .direct : .all)
        self.init(
            nodes: nodes.map(located), route: Route(scope, via: via.map(located), avoiding: avoiding.map(located)),
            same: located(same), inputs: inputs(), others: others.map(located), shared: shared)
    }
}

extension Interpretation {
    /// The claims on the output's inputs, in Swift.
    ///
    /// - Parameters:
    ///   - name: what reports call it.
    ///   - same: how the output's own datum is drawn given the reference's.
    ///   - others: the policy of claims that state none.
    ///   - features: SQL expressions by name.
    ///   - output: the name of the graph's output.
    ///   - file: where errors point.
    ///   - line: where errors point.
    ///   - inputs: the claims.
    public init(
        _ name: String, same: Condition = .exact, others: OthersPolicy = .random, features: [String: String] = [:],
        output: String = "output", file: String = #fileID, line: Int = #line,
        @ClaimBuilder inputs: () -> [Claim] = { [] }
    ) {
        let place = SourceLocation(file: file, line: line)
        self.init(
            name, features: features.mapValues { Located($0, place) }, others: others,
            root: Claim(
                nodes: [Located(output, place)], same: Located(same, place), inputs: inputs(), others: nil))
    }
}
