internal import Foundation
public import ScrubCore
public import ScrubGraph
internal import ScrubOps

/// A rewrite that a model's graph has been through, and what there is to check of it.
public struct AppliedRewrite: Sendable {
    /// `project a0.h0`.
    public let title: String
    public let node: String
    /// Where it is written.
    public let location: SourceLocation?
    /// What the node became: `a0.h0 = projection + complement`.
    public let equation: String
    /// By how much a value x may differ, in units of 1 + max |x|.
    public let tolerance: Double
    let before: Graph
    let after: Graph
    let kept: [Rewritten.Pair]

    /// `project a0.h0: a0.h0 = projection + complement (tolerance 1e-05)`.
    public var text: String { "\(title): \(equation) (tolerance \(tolerance.short))" }
}

extension Model {
    /// The model with its graph rewritten, in order. A run checks each on data before anything is drawn.
    ///
    /// Behaviours are added afterwards: a rewrite numbers the nodes anew.
    ///
    /// - Throws: `RewriteError`.
    public func rewritten(by rewrites: [any Rewrite]) throws(RewriteError) -> Model {
        var model = self
        for rewrite in rewrites { try model.apply(rewrite, at: nil) }
        return model
    }

    mutating func apply(_ rewrite: some Rewrite, at location: SourceLocation?) throws(RewriteError) {
        let rewritten = try rewrite.apply(to: graph)
        self.rewrites.append(
            AppliedRewrite(
                title: rewrite.title, node: rewrite.node, location: location, equation: rewritten.equation,
                tolerance: rewritten.tolerance, before: graph, after: rewritten.graph, kept: rewritten.kept))
        graph = rewritten.graph
        let (plain, constants) = (weight, rewritten.constants)
        if constants.isEmpty { return }
        weight = { name, slice in
            guard let constant = constants[.weight(name, slice: slice)] else { return try plain(name, slice) }
            return try constant.value { source in
                guard case .weight(let name, let slice) = source else {
                    throw ExperimentError.noWeight(source.description, known: [])
                }
                return try plain(name, slice)
            }
        }
    }
}

extension Double {
    /// Two digits, and a round one as such: `3.1e-07`, `1e-05`.
    var short: String {
        self == 0 ? "0" : String(format: "%.1e", self).replacing(".0e", with: "e")
    }
}
