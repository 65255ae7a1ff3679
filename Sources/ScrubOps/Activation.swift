internal import ScrubCore

/// `y = f(x)`, element by element. Input: (C1) one float32 value of any shape. Output: the same type.
public struct Activation: OpRule {
    public enum Function: String, CaseIterable, Hashable, Sendable, Codable {
        /// `max(x, 0)`; NaN stays NaN.
        case relu
        /// `x Φ(x)` with the normal distribution function by `erf`. D. Hendrycks, K. Gimpel, "Gaussian error linear
        /// units", section 2, <https://doi.org/10.48550/arXiv.1606.08415>.
        case gelu
        /// `x/2 (1 + tanh(√(2/π) (x + 0.044715 x³)))`, the same paper's approximation (`gelu_new` in configurations).
        case geluTanh
    }

    public static let name = "activation"
    public var function: Function

    public init(_ function: Function) { self.function = function }

    public func output(of inputs: [ValueType]) throws(OpError) -> ValueType {
        try require(1, inputs.count == 1 && inputs[0].element == .float32, inputs, "one float32 value")
        return inputs[0]
    }

    public func operations(of inputs: [ValueType]) -> Double {
        Double(inputs[0].shape.count) * (function == .relu ? 1 : 20)
    }
}
