internal import ScrubCore
internal import ScrubOps
public import ScrubPlan

/// Logits of which nothing is read but a few labels' are not computed whole.
///
/// Exact: on the CPU a logit is summed in one order, alone or with the others. Where it is done follows from shapes and
/// from who reads the logits, not from what it costs a device.
public struct PickLogits: Pass {
    public static let name = "pick logits"
    public init() {}

    public static func account(of change: PlanChange) -> String {
        "makes \((-change.fewerSteps { $0.isLabelLogit }).counted("score")) of the logits of labels alone"
    }

    /// The fewest logits: a column of W by itself, which is read an element from each row, takes as long as sixteen.
    private static let fewest = 64

    public func apply(_ plan: Plan) throws(PlannerError) -> Plan {
        var readers: [Int: [Step]] = [:]
        for step in plan.steps { for input in step.inputs { readers[input, default: []].append(step) } }
        let roots = Set(plan.roots.map(\.value))
        var products: [Int: Step] = [:]
        for step in plan.steps where step.op == .linear(Linear()) && !roots.contains(step.output) {
            let (scores, width) = (readers[step.output] ?? [], plan.values[step.output].type.shape.width)
            let areLabels = scores.allSatisfy { score in
                score.op == .labelScore(LabelScore(.logit)) && score.inputs[0] == step.output
                    && !score.inputs.dropFirst().contains(step.output)
            }
            let isConstant = step.inputs.dropFirst().allSatisfy { plan.values[$0].rows == .constant }
            if areLabels, isConstant, width >= Self.fewest { products[step.output] = step }
        }
        var picked = plan
        picked.steps = plan.steps.compactMap { step in
            if products[step.output] != nil { return nil }
            guard let product = step.inputs.first.flatMap({ products[$0] }) else { return step }
            let (bias, weights) = (product.inputs.dropFirst(2), step.inputs.dropFirst(2))
            return Step(
                .labelLogit(LabelLogit(biased: !bias.isEmpty)),
                product.inputs[..<2] + [step.inputs[1]] + bias + weights, step.output)
        }
        return picked.compacted()
    }
}
