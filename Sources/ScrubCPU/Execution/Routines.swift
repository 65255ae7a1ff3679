internal import ScrubOps
internal import ScrubPlan

/// The routine that runs `step`. The one place that names every op.
///
/// Types have been judged by `check`, so the routines may rely on every constraint of the op.
func routine(for step: Step, in plan: Plan, _ kernels: Kernels) throws -> any Routine {
    let inputs = step.inputs.map { plan.values[$0].type }
    let output = plan.values[step.output].type
    let (product, math) = (kernels.product, kernels.math)
    return switch step.op {
    case .absoluteError(let op): AbsoluteErrorRoutine(op, inputs)
    case .activation(let op): ActivationRoutine(op, inputs, math)
    case .attention(let op): AttentionRoutine(op, inputs, kernels)
    case .attentionPattern(let op): AttentionPatternRoutine(op, inputs, kernels)
    case .binaryCrossEntropy: BinaryCrossEntropyRoutine(inputs)
    case .crossEntropy: CrossEntropyRoutine(inputs, math)
    case .difference: DifferenceRoutine(output, math)
    case .embed(let op): EmbedRoutine(op, inputs, math)
    case .expectedBinaryCrossEntropy: ExpectedBinaryCrossEntropyRoutine(inputs)
    case .expectedCrossEntropy: ExpectedCrossEntropyRoutine(inputs, math)
    case .expectedLabelScore(let op): ExpectedLabelScoreRoutine(op, inputs, math)
    case .expectedSquaredError(let op): ExpectedSquaredErrorRoutine(op, inputs)
    case .gather(let op): GatherRoutine(op, output)
    case .klDivergence: KLDivergenceRoutine(inputs, math)
    case .labelLogit(let op): LabelLogitRoutine(op, inputs)
    case .labelScore(let op): LabelScoreRoutine(op, inputs, math)
    case .layerNorm(let op): LayerNormRoutine(op, inputs, math)
    case .linear: LinearRoutine(step, inputs, product)
    case .lookup: LookupRoutine(inputs, output)
    case .mergePositions(let op): MergePositionsRoutine(op, output)
    case .mergeSources(let op): MergeSourcesRoutine(op, output)
    case .mixValues: MixValuesRoutine(inputs, product)
    case .outer(let op): OuterRoutine(op, inputs, math)
    case .paddingMask(let op): PaddingMaskRoutine(op, output)
    case .product: ProductRoutine(output, math)
    case .resampleGather(let op): ResampleGatherRoutine(op, output, math)
    case .selectPositions(let op): SelectPositionsRoutine(op, output)
    case .squaredError(let op): SquaredErrorRoutine(op, inputs)
    case .sum: SumRoutine(inputs, math)
    }
}
