internal import ScrubCore
public import ScrubOps

/// Shapes for which one choice serves: what a kernel's speed depends on, rounded up to powers of two.
///
/// A product has `rows` (those of a chunk times the vectors of a row; 4096 stands for all more), `inner`, `columns`, and
/// `aligned`, the largest power of two up to 16 that divides the columns: how wide a vector ends at the edge. Attention
/// has `queries`, `keys`, `width` (the larger of D and E), `causal` and `masked` (0 or 1). A layer norm has `width`.
public struct ShapeClass: Codable, Hashable, Sendable, CustomStringConvertible {
    public var kernel: TunableKernel
    public var sizes: [String: Int]

    static let mostRows = 4096

    /// The class of a step; nil where its kernel is not tuned.
    ///
    /// - Parameters:
    ///   - op: of the step.
    ///   - inputs: the types of a row's inputs.
    ///   - rows: of a chunk.
    public init?(_ op: Op, _ inputs: [ValueType], rows: Int) {
        guard let kernel = TunableKernel(op) else { return nil }
        self.kernel = kernel
        let first = inputs[0].shape
        switch op {
        case .linear:
            let columns = inputs[1].shape.width
            sizes = [
                "rows": Self.rounded(min(Self.mostRows, max(1, rows) * first.vectors)),
                "inner": Self.rounded(first.width), "columns": Self.rounded(columns),
                "aligned": [16, 8, 4, 2].first { columns % $0 == 0 } ?? 1,
            ]
        case .attention(let op):
            sizes = [
                "queries": Self.rounded(first.vectors), "keys": Self.rounded(inputs[1].shape.vectors),
                "width": Self.rounded(max(first.width, inputs[2].shape.width)), "causal": op.causal ? 1 : 0,
                "masked": inputs.count == 4 ? 1 : 0,
            ]
        default: sizes = ["width": Self.rounded(first.width)]
        }
    }

    /// `linear, rows 1024, inner 64, columns 1024, aligned 16`.
    public var description: String {
        ([kernel.rawValue] + kernel.sizes.map { "\($0) \(sizes[$0] ?? 0)" }).joined(separator: ", ")
    }

    /// Whether it has the sizes of its kernel, and no other.
    var isSound: Bool { Set(sizes.keys) == Set(kernel.sizes) && sizes.values.allSatisfy { $0 >= 0 } }

    /// The least power of two that is not below it.
    private static func rounded(_ size: Int) -> Int {
        var power = 1
        while power < size { power *= 2 }
        return power
    }
}
