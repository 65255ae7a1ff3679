// Written by the test `ExpectedTests` from what expected.py prints. Do not edit.

extension Expected {
    static let texts: [String] = [
        absoluteError,
        activation,
        attention,
        attentionPattern,
        binaryCrossEntropy,
        crossEntropy,
        difference,
        embed,
        expectedBinaryCrossEntropy,
        expectedCrossEntropy,
        expectedSquaredError,
        gather,
        layerNorm,
        linear,
        lookup,
        mergePositions,
        mergeSources,
        mixValues,
        model,
        outer,
        paddingMask,
        plan,
        product,
        selectPositions,
        squaredError,
        sum,
    ]
}
