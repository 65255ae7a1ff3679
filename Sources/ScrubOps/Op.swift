public import ScrubCore

/// The closed vocabulary of computations: what a graph's nodes are made of, and what an engine must be able to run.
///
/// One struct a case, one file a struct; the same name again on every floor (CPU, OpenCL, kernel, conformance case).
public enum Op: Hashable, Sendable, Codable {
    case absoluteError(AbsoluteError)
    case activation(Activation)
    case attention(Attention)
    case attentionPattern(AttentionPattern)
    case binaryCrossEntropy(BinaryCrossEntropy)
    case crossEntropy(CrossEntropy)
    case difference(Difference)
    case embed(Embed)
    case expectedBinaryCrossEntropy(ExpectedBinaryCrossEntropy)
    case expectedCrossEntropy(ExpectedCrossEntropy)
    case expectedLabelScore(ExpectedLabelScore)
    case expectedSquaredError(ExpectedSquaredError)
    case gather(Gather)
    case klDivergence(KLDivergence)
    case labelLogit(LabelLogit)
    case labelScore(LabelScore)
    case layerNorm(LayerNorm)
    case linear(Linear)
    case lookup(Lookup)
    case mergePositions(MergePositions)
    case mergeSources(MergeSources)
    case mixValues(MixValues)
    case outer(Outer)
    case paddingMask(PaddingMask)
    case product(Product)
    case resampleGather(ResampleGather)
    case selectPositions(SelectPositions)
    case squaredError(SquaredError)
    case sum(Sum)

    /// What the case says of itself.
    public var rule: any OpRule {
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

    /// By input, the index table by which it is read; nil where each row reads its own.
    public func table(ofInput number: Int) -> Int? {
        switch self {
        case .gather(let op): op.table
        case .resampleGather(let op): op.terms.indices.contains(number) ? op.terms[number].table : nil
        default: nil
        }
    }

    /// The name as it stands in plans: `layerNorm`.
    public var name: String { type(of: rule).name }

    /// One of each, with attributes of no significance: for tests that must meet every op.
    public static let everyKind: [Op] = [
        .absoluteError(AbsoluteError(scale: 1)), .activation(Activation(.relu)),
        .attention(Attention(causal: false, scale: 1)), .attentionPattern(AttentionPattern(causal: false, scale: 1)),
        .binaryCrossEntropy(BinaryCrossEntropy()), .crossEntropy(CrossEntropy()), .difference(Difference()),
        .embed(Embed()), .expectedBinaryCrossEntropy(ExpectedBinaryCrossEntropy()),
        .expectedCrossEntropy(ExpectedCrossEntropy()), .expectedLabelScore(ExpectedLabelScore(.logit)),
        .expectedSquaredError(ExpectedSquaredError(scale: 1)), .gather(Gather(table: 0)),
        .klDivergence(KLDivergence()), .labelLogit(LabelLogit(biased: false)), .labelScore(LabelScore(.logit)),
        .layerNorm(LayerNorm(epsilon: 1e-5)), .linear(Linear()), .lookup(Lookup()),
        .mergePositions(MergePositions([])), .mergeSources(MergeSources(parts: [])), .mixValues(MixValues()),
        .outer(Outer(positions: 1)), .paddingMask(PaddingMask(token: 0)), .product(Product()),
        .resampleGather(ResampleGather([ResampleGather.Term(table: 0)])), .selectPositions(SelectPositions([0])),
        .squaredError(SquaredError(scale: 1)), .sum(Sum()),
    ]
}

/// The type of a value for one row.
public struct ValueType: Hashable, Sendable, Codable, CustomStringConvertible {
    public var shape: Shape
    public var element: ElementType

    public init(_ shape: Shape, _ element: ElementType = .float32) {
        self.shape = shape
        self.element = element
    }

    /// Bytes of one row.
    public var bytes: Int { shape.count * element.size }

    /// `float32 [position: 42, model: 56]`.
    public var description: String { "\(element.rawValue) \(shape)" }
}

/// Work for one row: floating-point operations (a fused multiply-add counts two) and bytes read and written.
public struct Cost: Hashable, Sendable, Codable {
    public var operations: Double
    public var bytes: Double

    public init(operations: Double, bytes: Double) {
        self.operations = operations
        self.bytes = bytes
    }

    public static let zero = Cost(operations: 0, bytes: 0)
    public static func + (a: Cost, b: Cost) -> Cost {
        Cost(operations: a.operations + b.operations, bytes: a.bytes + b.bytes)
    }
    public static func * (a: Cost, n: Double) -> Cost { Cost(operations: a.operations * n, bytes: a.bytes * n) }
}

/// What every op states: its name, the types it accepts, the type it gives, what a row costs.
///
/// Every op of the vocabulary is row-wise: a row of the output is a function of the same row of each input (and of
/// constants). Gather alone changes which row that is.
public protocol OpRule: Hashable, Sendable, Codable {
    static var name: String { get }

    /// The output's type for one row. The constraints an op places on its inputs are numbered in its documentation.
    func output(of inputs: [ValueType]) throws(OpError) -> ValueType

    /// Floating-point operations for one row, given inputs that `output(of:)` accepts.
    func operations(of inputs: [ValueType]) -> Double
}

extension OpRule {
    /// Throws constraint `number` of this op unless `holds`.
    func require(_ number: Int, _ holds: Bool, _ inputs: [ValueType], _ expected: String) throws(OpError) {
        if !holds { throw OpError(op: Self.name, constraint: number, expected: expected, found: inputs) }
    }
}

/// Inputs that an op does not accept.
public struct OpError: Diagnostic, Equatable {
    public let op: String
    /// The constraint's number in the op's documentation.
    public let constraint: Int
    public let expected: String
    public let found: [ValueType]

    public var message: String {
        "\(op) (C\(constraint)): expected \(expected), found "
            + (found.isEmpty ? "nothing" : found.map(\.description).joined(separator: "; "))
    }
}
