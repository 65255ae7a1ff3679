internal import ScrubCore
internal import ScrubOps

extension Plan {
    /// The numbers of the inputs that a step reads at just the positions that it writes; the others it reads whole.
    /// Nil where it writes all positions, whatever is read of them.
    public func followers(of step: Step) -> [Int]? {
        let output = values[step.output].type.shape
        guard output.axes.first?.name == .position else { return nil }
        let followers: [Int]
        switch step.op {
        case .embed: followers = []
        case .activation, .attention, .attentionPattern, .gather, .mixValues: followers = [0]
        case .layerNorm,
            .linear where output.rank > 1:
            followers = [0]
        case .difference, .mergeSources, .product: followers = Array(step.inputs.indices)
        case .outer: followers = values[step.inputs[0]].type.shape == .scalar ? [] : [0]
        case .sum: followers = step.inputs.indices.filter { values[step.inputs[$0]].type.shape == output }
        default: return nil
        }
        // No step writes a part of a constant.
        return followers.allSatisfy { values[step.inputs[$0]].rows != .constant } ? followers : nil
    }
}
