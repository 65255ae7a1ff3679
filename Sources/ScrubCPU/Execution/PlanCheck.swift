internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// Judges what this engine asks of a plan beyond the rules that every plan keeps, so that no plan, however made, can
/// make it read or write outside its memory: axes have no negative count, and the weights of a step are constant.
///
/// - Throws: `PlanError`, `CPUError.malformedPlan`.
func check(_ plan: Plan) throws {
    for value in plan.values where value.type.shape.axes.contains(where: { $0.count < 0 }) {
        throw CPUError.malformedPlan("\(value.name) has an axis of negative count")
    }
    try plan.verify()
    for step in plan.steps {
        switch step.op {
        case .linear, .layerNorm, .embed:
            if let weight = step.inputs.dropFirst().first(where: { plan.values[$0].rows != .constant }) {
                throw CPUError.malformedPlan("\(plan.values[weight].name), a weight of \(step.op.name), has a row axis")
            }
        default: break
        }
    }
}
