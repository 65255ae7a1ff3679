internal import ScrubOps

extension Op {
    /// The op as this engine runs it.
    var onDevice: any DeviceOp {
        switch self {
        case .absoluteError(let op): op
        case .activation(let op): op
        case .attention(let op): op
        case .attentionPattern(let op): op
        case .binaryCrossEntropy(let op): op
        case .crossEntropy(let op): op
        case .difference(let op): op
        case .embed(let op): op
        case .expectedBinaryCrossEntropy(let op): op
        case .expectedCrossEntropy(let op): op
        case .expectedLabelScore(let op): op
        case .expectedSquaredError(let op): op
        case .gather(let op): op
        case .klDivergence(let op): op
        case .labelLogit(let op): op
        case .labelScore(let op): op
        case .layerNorm(let op): op
        case .linear(let op): op
        case .lookup(let op): op
        case .mergePositions(let op): op
        case .mergeSources(let op): op
        case .mixValues(let op): op
        case .outer(let op): op
        case .paddingMask(let op): op
        case .product(let op): op
        case .resampleGather(let op): op
        case .selectPositions(let op): op
        case .squaredError(let op): op
        case .sum(let op): op
        }
    }
}
