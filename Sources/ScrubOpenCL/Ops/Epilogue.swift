internal import ScrubOps

/// What a product does to its sums before it stores them, in place of a step that would read them once more: y = f(x W + b), or
/// x W + b added to a value that is there.
struct Epilogue: Hashable {
    var activation: Activation.Function?
    /// Whether the product's last input is added.
    var adds = false

    /// The defines of linear.cl and linear_mma.cl.
    var defines: [String: Int] { ["FUNCTION": activation?.number ?? 3, "ADDED": adds ? 1 : 0] }

    /// The names of the plan's steps that a step with it makes.
    func names(of op: Op) -> [String] {
        [op.name] + (activation == nil ? [] : [Activation.name]) + (adds ? [Sum.name] : [])
    }

    /// Each that a plan may ask for.
    static let all =
        [Epilogue()] + Activation.Function.allCases.map { Epilogue(activation: $0) } + [Epilogue(adds: true)]
}

extension Activation.Function {
    /// What kernels call it: their define FUNCTION.
    var number: Int {
        switch self {
        case .relu: 0
        case .gelu: 1
        case .geluTanh: 2
        }
    }
}
