/// An index table: for each replicate, a row of the dataset. What `draw` computes and `--replay` binds instead.
///
/// Two tables are equal when key, feature and parent are; never by content, so a plan does not depend on the seed.
public struct Table: Hashable, Sendable, Codable {
    /// The canonical path of the claim and the role: `reference`, `a1.h0`, `output/others`, `together/noise`. Its
    /// digest, with the seed and the replicate, decides the draw.
    public var key: String
    /// The feature on which the drawn row equals the parent's; nil for an unconditional draw.
    public var feature: String?
    /// The table whose row the feature is compared with; always an earlier one. Nil exactly when `feature` is.
    public var parent: Int?

    public init(key: String, feature: String? = nil, parent: Int? = nil) {
        self.key = key
        self.feature = feature
        self.parent = parent
    }
}
