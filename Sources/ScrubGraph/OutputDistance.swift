internal import ScrubCore
internal import ScrubOps

/// How far the scrubbed output lies from the model's own on the reference datum, two numbers a replicate: what errors
/// that cancel in a mean cannot hide from.
///
/// Numbers name nodes of the graph it was added to.
public struct OutputDistance: Hashable, Sendable {
    /// The squared Euclidean distance over all that the behaviour reads.
    public var squared: Int
    /// The Kullback-Leibler divergence of the model's output distribution from the scrubbed one, in nats, the mean over
    /// positions. Nil where outputs are no logits.
    public var divergence: Int?

    /// - Parameters:
    ///   - read: the output where the behaviour reads it.
    ///   - isDistribution: whether it is `[position, logit]`, logits of a distribution.
    ///   - graph: where the nodes go.
    /// - Throws: `GraphError`.
    public init(of read: Int, isDistribution: Bool, in graph: inout Graph) throws(GraphError) {
        let own = try graph.add(onReference: read, named: graph.free("output of model"))
        squared = try graph.add(
            .squaredError(SquaredError(scale: 1)), [read, own], named: graph.free("output distance"))
        divergence = nil
        if isDistribution {
            divergence = try graph.add(
                .klDivergence(KLDivergence()), [own, read], named: graph.free("output divergence"))
        }
    }
}

extension Graph {
    /// The name, or where a node has it the first of `name 2`, `name 3`, … that none has.
    fileprivate func free(_ name: String) -> String {
        var free = name
        var number = 2
        while nodes.contains(where: { $0.name == free }) {
            free = "\(name) \(number)"
            number += 1
        }
        return free
    }
}
