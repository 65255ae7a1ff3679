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
