/// A named dimension of a value: `position: 42`.
public struct Axis: Hashable, Sendable, Codable, CustomStringConvertible {
    /// What an axis runs over.
    public enum Name: String, CaseIterable, Hashable, Sendable, Codable {
        /// Token positions of the sequence.
        case position
        /// The residual stream (d_model).
        case model
        /// The inside of one attention head (d_head).
        case head
        /// The inside of an MLP (d_mlp).
        case neuron
        /// Token ids going in (d_vocab).
        case vocabulary
        /// Logits coming out (d_vocab_out).
        case logit
        /// Source (key) positions of an attention pattern.
        case source
        /// Classes of a feature.
        case group
    }

    public var name: Name
    public var count: Int

    public init(_ name: Name, _ count: Int) {
        self.name = name
        self.count = count
    }

    public var description: String { "\(name.rawValue): \(count)" }
}

/// The axes of a value for one row (one datum or one replicate), outermost first. A scalar has none.
public struct Shape: Hashable, Sendable, Codable, CustomStringConvertible, ExpressibleByArrayLiteral {
    public var axes: [Axis]

    public init(_ axes: [Axis]) { self.axes = axes }
    public init(arrayLiteral axes: Axis...) { self.axes = axes }

    public static let scalar = Shape([])

    public var rank: Int { axes.count }
    /// Product of the axes' counts; 1 for a scalar.
    public var count: Int { axes.reduce(1) { $0 * $1.count } }
    /// The count of the last axis; 1 for a scalar.
    public var width: Int { axes.last?.count ?? 1 }
    /// How many vectors along the last axis there are; 1 for a scalar.
    public var vectors: Int { axes.dropLast().reduce(1) { $0 * $1.count } }

    /// The count of the axis called `name`, if there is one.
    public func count(of name: Axis.Name) -> Int? { axes.first { $0.name == name }?.count }

    public func replacingLast(with axis: Axis) -> Shape { Shape(axes.dropLast() + [axis]) }
    public func replacingFirst(with axis: Axis) -> Shape { Shape([axis] + axes.dropFirst()) }

    /// `[position: 42, model: 56]`.
    public var description: String { "[\(axes.map(\.description).joined(separator: ", "))]" }
}

/// What an engine stores in one element.
public enum ElementType: String, Hashable, Sendable, Codable {
    case float32
    case int32

    /// Bytes an element takes.
    public var size: Int { 4 }
}
