public import ScrubCore
public import ScrubOps

/// A weight that a rewrite makes: itself, or how it follows from others, so that nothing is read before it is needed.
public enum Constant: Hashable, Sendable {
    case tensor(HostTensor)
    /// The rows of a matrix at these numbers; the others are zero.
    case rows([Int], of: InputSource)
    /// The sum of tensors of one shape, in float64.
    case sum([InputSource])

    /// - Parameter weight: the weights it is made of.
    public func value(_ weight: (InputSource) throws -> HostTensor) throws -> HostTensor {
        switch self {
        case .tensor(let tensor): return tensor
        case .rows(let rows, let source):
            let matrix = try weight(source)
            let width = matrix.sizes.dropFirst().reduce(1, *)
            let values = matrix.floats ?? []
            var kept = [Float](repeating: 0, count: values.count)
            for row in rows {
                kept.replaceSubrange(row * width..<(row + 1) * width, with: values[row * width..<(row + 1) * width])
            }
            return HostTensor(matrix.sizes, kept)
        case .sum(let sources):
            let tensors = try sources.map(weight)
            var sum = [Double](repeating: 0, count: tensors.first?.count ?? 0)
            for tensor in tensors { for (i, value) in (tensor.floats ?? []).enumerated() { sum[i] += Double(value) } }
            return HostTensor(tensors.first?.sizes ?? [0], sum.map { Float($0) })
        }
    }
}

/// A tensor as a file names it, for messages.
public struct NamedTensor: Hashable, Sendable {
    public var name: String
    public var value: HostTensor

    public init(_ name: String, _ value: HostTensor) {
        self.name = name
        self.value = value
    }
}
