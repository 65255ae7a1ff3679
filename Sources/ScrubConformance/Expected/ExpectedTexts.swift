// Written by the test `ExpectedTests` from what expected.py prints. Do not edit.

extension Expected {
    static let texts: [String] = [
        activation,
        attention,
        binaryCrossEntropy,
        crossEntropy,
        embed,
        expectedBinaryCrossEntropy,
        expectedCrossEntropy,
        expectedSquaredError,
        gather,
        layerNorm,
        linear,
        model,
        paddingMask,
        plan,
        selectPositions,
        squaredError,
        sum,
    ]
}
