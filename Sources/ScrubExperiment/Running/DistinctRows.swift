internal import ScrubCore
internal import ScrubOps

/// Rows of D that the plan cannot tell apart, since they agree in every column it binds, share one slot of its dataset
/// axis.
struct DistinctRows {
    /// By row of D, the slot that computes it.
    let slots: [Int32]
    /// By slot, the first row of D that it stands for.
    let representatives: [Int32]

    /// - Parameter rows: which rows of D are to have a slot, ascending; a row left out has slot -1.
    /// - Complexity: O(rows × bytes of the columns), expected.
    init(_ columns: [HostTensor], count: Int, rows: some Sequence<Int32>) {
        let contents = RowContents(columns, count: count)
        var slots = [Int32](repeating: -1, count: count)
        var representatives: [Int32] = []
        // Open addressing: by hash, or the next free place after it, a slot.
        var places = [Int32](repeating: -1, count: 16)
        while places.count < 2 * count { places += places }
        contents.words.withUnsafeBytes { words in
            for row in rows {
                let own = contents.bytes(of: row, in: words)
                var place = Self.hash(own) & (places.count - 1)
                while places[place] >= 0,
                    !Self.areEqual(own, contents.bytes(of: representatives[Int(places[place])], in: words))
                { place = (place + 1) & (places.count - 1) }
                if places[place] < 0 {
                    places[place] = Int32(representatives.count)
                    representatives.append(row)
                }
                slots[Int(row)] = places[place]
            }
        }
        self.slots = slots
        self.representatives = representatives
    }

    /// Of whole words of 64 bits.
    @inline(__always)
    private static func hash(_ bytes: UnsafeRawBufferPointer) -> Int {
        var hash: UInt64 = 0
        for place in stride(from: 0, to: bytes.count, by: 8) {
            // Fibonacci hashing, its high bits folded down so that all words reach the low ones.
            hash = (hash ^ bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 29
        }
        return Int(truncatingIfNeeded: hash >> 1)
    }

    @inline(__always)
    private static func areEqual(_ bytes: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer) -> Bool {
        for place in stride(from: 0, to: bytes.count, by: 8)
        where bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            != other.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        { return false }
        return true
    }

    /// The rows of a column that slots stand for, in their order.
    func pick(_ column: HostTensor) -> HostTensor { column.picking(representatives) }
}

/// What all columns hold of a row, side by side.
private struct RowContents {
    /// Row-major, [row, width], the width even.
    let words: [UInt32]
    private let width: Int

    init(_ columns: [HostTensor], count: Int) {
        let widths = columns.map { count == 0 ? 0 : $0.count / count }
        let width = (widths.reduce(0, +) + 1) / 2 * 2
        self.width = width
        words = [UInt32](unsafeUninitializedCapacity: count * width) { words, initialised in
            initialised = count * width
            words.update(repeating: 0)
            guard let base = words.baseAddress else { return }
            var first = 0
            for (column, own) in zip(columns, widths) {
                column.withBytes { bytes in
                    guard let bytes = bytes.baseAddress else { return }
                    for row in 0..<count {
                        UnsafeMutableRawPointer(base + row * width + first)
                            .copyMemory(from: bytes + 4 * row * own, byteCount: 4 * own)
                    }
                }
                first += own
            }
        }
    }

    @inline(__always)
    func bytes(of row: Int32, in words: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: words[4 * Int(row) * width..<4 * (Int(row) + 1) * width])
    }
}

extension HostTensor {
    /// Those elements of the first axis, in that order.
    func picking(_ rows: [Int32]) -> HostTensor {
        let width = sizes.dropFirst().reduce(1, *)
        func picked<Element>(_ values: [Element]) -> [Element] {
            var result: [Element] = []
            result.reserveCapacity(rows.count * width)
            for row in rows { result += values[Int(row) * width..<(Int(row) + 1) * width] }
            return result
        }
        let sizes = [rows.count] + sizes.dropFirst()
        return switch elements {
        case .float32(let values): HostTensor(sizes, picked(values))
        case .int32(let values): HostTensor(sizes, picked(values))
        }
    }
}
