/// What a hypothesis says, in bits: how far each claim lets its datum wander, and how random the scrubbed inputs are.
///
/// The scrubbed inputs are one random variable: for every claim without children the row of D that it is evaluated on,
/// and the row of every other-inputs datum that some path takes. They are rows, so two rows of D with equal contents
/// are two values. The label, which is the reference's, is not among them. Rows of D are drawn in proportion to their
/// weights; rows of weight 0 are never drawn and count nowhere.
///
/// The more a hypothesis says, the less random they are: it permits fewer swaps. Where every claim's feature is, on D,
/// a function of the features of its children, their entropy is the sum of `referenceBits` and the `lostBits` of every
/// draw: the entropy of what the output's claim keeps, and the information lost at every claim below (L. Chan et al.,
/// "Causal scrubbing", 2022, theoretical appendix: the scrubbed inputs have the largest entropy that the joint
/// distributions at the claims leave). The draws are a tree of which each part depends on the one above through a
/// feature alone; where features are functions of what lies below, the rows read determine all the features above, and
/// the chain rule gives the sum. Where one is not, something of it is drawn that no input shows, and the sum is an
/// upper bound.
public struct Specificity: Codable, Hashable, Sendable {
    /// One draw: the datum of a claim, or of other inputs.
    public struct Draw: Codable, Hashable, Sendable {
        /// The claim's path, `a1.h0/input[1]/embed`, or the key of its others, `output/others`.
        public var path: String
        /// Where the claim stands.
        public var node: String
        /// `exact`, `any`, or the feature.
        public var same: String
        /// Of rows that are alike.
        public var classes: Int
        /// In rows.
        public var smallestClass: Int
        public var largestClass: Int
        /// Rows to a class.
        public var meanClass: Double
        /// Rows in the class that a draw meets, in expectation.
        public var metClass: Double
        /// The probability that a draw meets a class of one row.
        public var singletonShare: Double
        /// The probability that the row drawn is another than the one it is drawn like.
        public var expectedSwaps: Double
        /// The entropy of the draw given the row it is drawn like.
        public var drawBits: Double
        /// What the feature loses of the claim's inputs: the entropy of the children's features jointly, or of the row
        /// where that is read, given the claim's own feature.
        public var lostBits: Double
        /// Whether the feature is, on D, a function of the children's features; true where the row itself is read.
        public var isDetermined: Bool

        private enum CodingKeys: String, CodingKey {
            case path, node, same, classes
            case smallestClass = "smallest_class"
            case largestClass = "largest_class"
            case meanClass = "mean_class"
            case metClass = "met_class"
            case singletonShare = "singleton_share"
            case expectedSwaps = "expected_swaps"
            case drawBits = "draw_bits"
            case lostBits = "lost_bits"
            case isDetermined = "is_determined"
        }
    }

    /// In the tree's order, the output's first.
    public var claims: [Draw]
    /// The data of other inputs, each once, in the order in which they are drawn.
    public var others: [Draw]
    /// Of one row of D.
    public var datasetBits: Double
    /// Of what is read of the reference datum: its children's features jointly, or the row.
    public var referenceBits: Double
    /// Of all draws, whether or not an input shows them.
    public var drawBits: Double
    /// How many rows make up the scrubbed inputs: what is drawn once counts once.
    public var inputs: Int
    /// Claims without children, and data of other inputs: several may have one row.
    public var leaves: Int
    /// Of the scrubbed inputs, or a bound above it.
    public var entropyBits: Double
    public var isUpperBound: Bool
    /// What the hypothesis says: how far the reference and the rows of all leaves are from being drawn apart, the sum of
    /// their entropies less the joint one (S. Watanabe, "Information theoretical analysis of multivariate correlation",
    /// 1960, doi:10.1147/rd.41.0066). 0 where everything is drawn from all of D; `leaves` times `datasetBits` where
    /// everything is the reference. At least this where `entropyBits` is an upper bound.
    public var saidBits: Double

    /// The paths of claims whose feature is no function of their children's.
    public var undetermined: [String] { claims.filter { !$0.isDetermined }.map(\.path) }

    /// Below this share of swaps a claim is said to leave its data as they are.
    public static let fewestSwaps = 0.01

    /// What a reader should know of the claims, a line each.
    public var warnings: [String] {
        claims.filter { $0.same != "exact" && $0.expectedSwaps < Self.fewestSwaps }.map { draw in
            "claim '\(draw.path)' by '\(draw.same)' draws another row in \(draw.expectedSwaps.share) of samples: "
                + "it leaves the rest as they are"
        }
    }

    private enum CodingKeys: String, CodingKey {
        case claims, others, inputs, leaves
        case datasetBits = "dataset_bits"
        case referenceBits = "reference_bits"
        case drawBits = "draw_bits"
        case entropyBits = "entropy_bits"
        case isUpperBound = "is_upper_bound"
        case saidBits = "said_bits"
    }
}
