/// Integers, each in as many bytes as the widest of them needs: tokens and classes, of which there are a row's worth for
/// each datum, mostly fit in one.
public struct NarrowIntegers: RandomAccessCollection, Hashable, Sendable, ExpressibleByArrayLiteral {
    private enum Storage: Hashable {
        case bytes([Int8])
        case halves([Int16])
        case words([Int32])
        case longs([Int64])
    }

    private let storage: Storage

    /// - Complexity: O(values).
    public init(_ values: [Int64]) {
        let (least, most) = (values.min() ?? 0, values.max() ?? 0)
        func fits<Narrow: FixedWidthInteger>(_: Narrow.Type) -> Bool {
            Narrow(exactly: least) != nil && Narrow(exactly: most) != nil
        }
        storage =
            if fits(Int8.self) {
                .bytes(values.map { Int8(truncatingIfNeeded: $0) })
            } else if fits(Int16.self) {
                .halves(values.map { Int16(truncatingIfNeeded: $0) })
            } else if fits(Int32.self) {
                .words(values.map { Int32(truncatingIfNeeded: $0) })
            } else {
                .longs(values)
            }
    }

    public init(arrayLiteral elements: Int64...) { self.init(elements) }

    public var startIndex: Int { 0 }

    public var endIndex: Int {
        switch storage {
        case .bytes(let values): values.count
        case .halves(let values): values.count
        case .words(let values): values.count
        case .longs(let values): values.count
        }
    }

    public subscript(index: Int) -> Int64 {
        switch storage {
        case .bytes(let values): Int64(values[index])
        case .halves(let values): Int64(values[index])
        case .words(let values): Int64(values[index])
        case .longs(let values): values[index]
        }
    }
}
