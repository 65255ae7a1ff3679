public import ScrubGraph
public import ScrubPlan

/// A treeified hypothesis bound to a graph: every claim with where it stands, its own datum, and the data of its other
/// inputs.
///
/// A tree but for claims that are drawn once under several parents, which stand once.
public struct ScrubTree: Hashable, Sendable {
    /// The data of the inputs that no child claims.
    public enum Others: Hashable, Sendable {
        /// A claim without children is evaluated wholly on its own datum.
        case none
        /// One table for all of them.
        case shared(Int)
        /// A table for each direct input, by node.
        case each([Int: Int])
    }

    /// By which paths a claim is reached from its parents' places.
    public struct Route: Hashable, Sendable {
        /// Whether each leg (to the next of `via`, or to the claim's own place) goes through wiring alone.
        public var isDirect: Bool
        /// A path passes one place of each of these groups.
        public var via: [[Place]]
        /// A path passes none of these.
        public var avoiding: [Place]

        public init(isDirect: Bool = true, via: [[Place]] = [], avoiding: [Place] = []) {
            self.isDirect = isDirect
            self.via = via
            self.avoiding = avoiding
        }
    }

    public struct Claim: Hashable, Sendable {
        /// Canonical: `output`, `a1.h0`, `a1.h0/input[1]/embed`. Names draws, so that no draw depends on order in the
        /// file.
        public var path: String
        /// Where it stands; several places share its draw.
        public var places: [Place]
        public var route: Route
        /// None for the root; several for a claim that is drawn once under all of them.
        public var parents: [Int]
        public var children: [Int]
        public var same: Condition
        /// The table of the claim's datum; where the claim is exact, that of the datum it is given.
        public var datum: Int
        public var others: Others

        /// The node of its first place.
        public var node: Int { places[0].node }
    }

    /// What makes a claim that is drawn once a claim under each of its parents: on D, `feature` is a function of
    /// `given`, so that a datum drawn like that of the lowest common ancestor is like each parent's too.
    public struct Agreement: Hashable, Sendable {
        /// The shared claim, and the one between it and the lowest common ancestor.
        public var claim: String
        public var between: String
        public var feature: String
        /// Nil where the claim between is drawn from all of D: then `feature` must be constant.
        public var given: String?
    }

    /// The root first, parents before children.
    public var claims: [Claim]
    /// The reference first, parents before children. Features stand by their SQL text.
    public var tables: [Table]
    /// What must hold on D for claims that are shared.
    public var agreements: [Agreement]

    public init(claims: [Claim], tables: [Table], agreements: [Agreement] = []) {
        self.claims = claims
        self.tables = tables
        self.agreements = agreements
    }

    /// The key of the datum on which a sampled baseline takes the output, independent of every other.
    public static let baseline = "baseline"

    /// The same tree with a table for the datum of a sampled baseline.
    public func drawingBaseline() -> ScrubTree {
        var tree = self
        tree.tables.append(Table(key: Self.baseline))
        return tree
    }
}
