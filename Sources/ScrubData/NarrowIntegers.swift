internal import ScrubCore

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
        self = values.withUnsafeBytes { Self(values.count, of: Int64.self, in: $0) }
    }

    /// What an array in a file holds.
    ///
    /// - Throws: as `FileArray.integers`.
    init(_ array: FileArray) throws(FileArrayError) {
        switch array.element {
        case .int8: self = array.withBytes { Self(array.count, of: Int8.self, in: $0) }
        case .int16: self = array.withBytes { Self(array.count, of: Int16.self, in: $0) }
        case .int32: self = array.withBytes { Self(array.count, of: Int32.self, in: $0) }
        case .int64: self = array.withBytes { Self(array.count, of: Int64.self, in: $0) }
        default: self.init(try array.integers())
        }
    }

    private init<Stored: FixedWidthInteger>(_ count: Int, of _: Stored.Type, in bytes: UnsafeRawBufferPointer) {
        func value(_ index: Int) -> Stored {
            bytes.loadUnaligned(fromByteOffset: index * MemoryLayout<Stored>.size, as: Stored.self)
        }
        var (least, most): (Stored, Stored) = (0, 0)
        for index in 0..<count {
            least = Swift.min(least, value(index))
            most = Swift.max(most, value(index))
        }
        func fits<Narrow: FixedWidthInteger>(_: Narrow.Type) -> Bool {
            Narrow(exactly: least) != nil && Narrow(exactly: most) != nil
        }
        func narrowed<Narrow: FixedWidthInteger>(_: Narrow.Type) -> [Narrow] {
            [Narrow](unsafeUninitializedCapacity: count) { narrow, initialised in
                for index in 0..<count { narrow[index] = Narrow(truncatingIfNeeded: value(index)) }
                initialised = count
            }
        }
        storage =
            if fits(Int8.self) {
                .bytes(narrowed(Int8.self))
            } else if fits(Int16.self) {
                .halves(narrowed(Int16.self))
            } else if fits(Int32.self) {
                .words(narrowed(Int32.self))
            } else {
                .longs(narrowed(Int64.self))
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

    /// The values at `first` and every `step` from there.
    func every(_ step: Int, from first: Int) -> [Int64?] {
        func picked(_ values: [some FixedWidthInteger]) -> [Int64?] {
            stride(from: first, to: values.count, by: step).map { Int64(truncatingIfNeeded: values[$0]) }
        }
        return switch storage {
        case .bytes(let values): picked(values)
        case .halves(let values): picked(values)
        case .words(let values): picked(values)
        case .longs(let values): picked(values)
        }
    }
}
