/// In a file an op is an object with one member, its name: `{"layerNorm": {"epsilon": 1e-05}}`.
extension Op {
    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Name.self)
        try container.encode(rule, forKey: Name(stringValue: name))
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Name.self)
        guard let key = container.allKeys.first, container.allKeys.count == 1 else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "an op is an object with one member, its name"))
        }
        func attributes<Rule: OpRule>(_: Rule.Type) throws -> Rule { try container.decode(Rule.self, forKey: key) }
        switch key.stringValue {
        case AbsoluteError.name: self = .absoluteError(try attributes(AbsoluteError.self))
        case Activation.name: self = .activation(try attributes(Activation.self))
        case Attention.name: self = .attention(try attributes(Attention.self))
        case AttentionPattern.name: self = .attentionPattern(try attributes(AttentionPattern.self))
        case BinaryCrossEntropy.name: self = .binaryCrossEntropy(try attributes(BinaryCrossEntropy.self))
        case CrossEntropy.name: self = .crossEntropy(try attributes(CrossEntropy.self))
        case Difference.name: self = .difference(try attributes(Difference.self))
        case Embed.name: self = .embed(try attributes(Embed.self))
        case ExpectedBinaryCrossEntropy.name:
            self = .expectedBinaryCrossEntropy(try attributes(ExpectedBinaryCrossEntropy.self))
        case ExpectedCrossEntropy.name: self = .expectedCrossEntropy(try attributes(ExpectedCrossEntropy.self))
        case ExpectedLabelScore.name: self = .expectedLabelScore(try attributes(ExpectedLabelScore.self))
        case ExpectedSquaredError.name: self = .expectedSquaredError(try attributes(ExpectedSquaredError.self))
        case Gather.name: self = .gather(try attributes(Gather.self))
        case KLDivergence.name: self = .klDivergence(try attributes(KLDivergence.self))
        case LabelLogit.name: self = .labelLogit(try attributes(LabelLogit.self))
        case LabelScore.name: self = .labelScore(try attributes(LabelScore.self))
        case LayerNorm.name: self = .layerNorm(try attributes(LayerNorm.self))
        case Linear.name: self = .linear(try attributes(Linear.self))
        case Lookup.name: self = .lookup(try attributes(Lookup.self))
        case MergePositions.name: self = .mergePositions(try attributes(MergePositions.self))
        case MergeSources.name: self = .mergeSources(try attributes(MergeSources.self))
        case MixValues.name: self = .mixValues(try attributes(MixValues.self))
        case Outer.name: self = .outer(try attributes(Outer.self))
        case PaddingMask.name: self = .paddingMask(try attributes(PaddingMask.self))
        case Product.name: self = .product(try attributes(Product.self))
        case ResampleGather.name: self = .resampleGather(try attributes(ResampleGather.self))
        case SelectPositions.name: self = .selectPositions(try attributes(SelectPositions.self))
        case SquaredError.name: self = .squaredError(try attributes(SquaredError.self))
        case Sum.name: self = .sum(try attributes(Sum.self))
        default:
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath + [key],
                    debugDescription:
                        "no op \"\(key.stringValue)\"; ops are \(Op.everyKind.map(\.name).joined(separator: ", "))"))
        }
    }
}
