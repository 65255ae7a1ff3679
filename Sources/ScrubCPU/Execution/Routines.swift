internal import ScrubOps
internal import ScrubPlan

/// The routine that runs `step`. The one place that names every op.
///
/// Types have been judged by `check`, so the routines may rely on every constraint of the op.
func routine(for step: Step, in plan: Plan, _ product: MatrixProduct) throws -> any Routine {
    let inputs = step.inputs.map { plan.values[$0].type }
    let output = plan.values[step.output].type
    return switch step.op {
    case .activation(let op): ActivationRoutine(op, inputs)
    case .attention(let op): AttentionRoutine(op, inputs, product)
    case .binaryCrossEntropy: BinaryCrossEntropyRoutine(inputs)
    case .crossEntropy: CrossEntropyRoutine(inputs)
    case .embed(let op): EmbedRoutine(op, inputs)
    case .expectedBinaryCrossEntropy: ExpectedBinaryCrossEntropyRoutine(inputs)
    case .expectedCrossEntropy: ExpectedCrossEntropyRoutine(inputs)
    case .expectedSquaredError(let op): ExpectedSquaredErrorRoutine(op, inputs)
    case .gather(let op): GatherRoutine(op, output)
    case .layerNorm(let op): LayerNormRoutine(op, inputs)
    case .linear: LinearRoutine(step, inputs, product)
    case .paddingMask(let op): PaddingMaskRoutine(op, output)
    case .selectPositions(let op): SelectPositionsRoutine(op, output)
    case .squaredError(let op): SquaredErrorRoutine(op, inputs)
    case .sum: SumRoutine(inputs)
    }
}
