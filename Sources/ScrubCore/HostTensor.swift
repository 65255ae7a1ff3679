/// A dense row-major array in host memory, as engines take and return it.
public struct HostTensor: Hashable, Sendable {
    public enum Elements: Hashable, Sendable {
        case float32([Float])
        case int32([Int32])
    }

    /// Sizes, outermost first; a leading row axis is included where there is one.
    public var sizes: [Int]
    public var elements: Elements

    public init(_ sizes: [Int], _ values: [Float]) {
        precondition(sizes.reduce(1, *) == values.count, "\(values.count) values for sizes \(sizes)")
        self.sizes = sizes
        elements = .float32(values)
    }

    public init(_ sizes: [Int], _ values: [Int32]) {
        precondition(sizes.reduce(1, *) == values.count, "\(values.count) values for sizes \(sizes)")
        self.sizes = sizes
        elements = .int32(values)
    }

    public var count: Int { sizes.reduce(1, *) }

    public var type: ElementType {
        switch elements {
        case .float32: .float32
        case .int32: .int32
        }
    }

    /// A matrix with its two axes exchanged.
    ///
    /// - Complexity: O(elements).
    public var transposed: HostTensor {
        precondition(sizes.count == 2, "the transpose of sizes \(sizes)")
        let (rows, columns) = (sizes[0], sizes[1])
        func exchanged<Element>(_ values: [Element]) -> [Element] {
            (0..<columns).flatMap { column in (0..<rows).map { values[$0 * columns + column] } }
        }
        return switch elements {
        case .float32(let values): HostTensor([columns, rows], exchanged(values))
        case .int32(let values): HostTensor([columns, rows], exchanged(values))
        }
    }

    /// Tensors one after another along their first axis; in type and all other sizes they are alike.
    ///
    /// - Complexity: O(elements).
    package static func joining(_ parts: [HostTensor]) -> HostTensor {
        let sizes = [parts.reduce(0) { $0 + ($1.sizes.first ?? 0) }] + (parts.first?.sizes.dropFirst() ?? [])
        return parts.first?.type == .int32
            ? HostTensor(sizes, parts.flatMap { $0.integers ?? [] })
            : HostTensor(sizes, parts.flatMap { $0.floats ?? [] })
    }

    /// The elements when they are float32.
    public var floats: [Float]? {
        if case .float32(let values) = elements { values } else { nil }
    }

    /// The elements when they are int32.
    public var integers: [Int32]? {
        if case .int32(let values) = elements { values } else { nil }
    }

    /// Calls `body` with the elements as they lie in memory; they stay valid for the call. Copies nothing.
    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        switch elements {
        case .float32(let values): try values.withUnsafeBytes(body)
        case .int32(let values): try values.withUnsafeBytes(body)
        }
    }
}
