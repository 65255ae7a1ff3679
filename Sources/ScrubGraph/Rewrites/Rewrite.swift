internal import Foundation
public import ScrubOps

/// Another way to compute what a graph computes: a node is taken apart, put together or copied, so that claims can
/// speak of parts that the model itself does not have.
///
/// It states how far rounding may move a value. Whether it keeps to that is checked on data before every run.
public protocol Rewrite: Sendable {
    /// As hypothesis files name it: `project`.
    static var name: String { get }
    /// The name of the node it is about.
    var node: String { get }

    func apply(to graph: Graph) throws(RewriteError) -> Rewritten
}

extension Rewrite {
    /// `project a0.h0`.
    public var title: String { "\(Self.name) \(node)" }
}

/// What a rewrite made of a graph.
public struct Rewritten: Sendable {
    /// A node that must have kept its value, by its names in the two graphs.
    public struct Pair: Hashable, Sendable {
        public var before: String
        public var after: String

        public init(_ before: String, _ after: String) {
            self.before = before
            self.after = after
        }
    }

    /// With what the names of weights and columns begin that a rewrite adds.
    public static let prefix = "rewrite/"

    public var graph: Graph
    /// Weights that the new graph reads and the checkpoint does not have.
    public var constants: [InputSource: Constant]
    /// What must have kept its value, besides the output.
    public var kept: [Pair]
    /// By how much a value x may differ, in units of 1 + max |x|.
    public var tolerance: Double
    /// What the node became: `a0.h0 = projection + complement`.
    public var equation: String

    public init(
        _ graph: Graph, constants: [InputSource: Constant] = [:], kept: [Pair], tolerance: Double, equation: String
    ) {
        self.graph = graph
        self.constants = constants
        self.kept = kept
        self.tolerance = tolerance
        self.equation = equation
    }
}

/// Tolerances that rewrites state, each for a reason.
enum RoundingTolerance {
    /// For sums of `terms` float32 numbers in another order.
    ///
    /// The rounding errors of such a sum, each at most 6e-8 of it, add like a random walk: 1024 terms make 2e-6, and
    /// the layers above make a few times as much of it. Beyond, the bound grows as the walk does.
    static func sum(of terms: Int) -> Double { 1e-5 * max(1, (Double(terms) / 1024).squareRoot()) }

    /// For the same steps on the same values, which a library may run in blocks of another size.
    static let sameSteps = 1e-6
}
