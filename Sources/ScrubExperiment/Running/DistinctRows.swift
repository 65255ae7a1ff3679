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
        let views = columns.map { Self.words($0, count: count) }
        var slots = [Int32](repeating: -1, count: count)
        var representatives: [Int32] = []
        // Open addressing: by hash, or the next free place after it, a slot.
        var places = [Int32](repeating: -1, count: 16)
        while places.count < 2 * count { places += places }
        for row in rows {
            var place = Self.hash(views, Int(row)) & (places.count - 1)
            while places[place] >= 0,
                !Self.areEqual(views, Int(row), Int(representatives[Int(places[place])]))
            { place = (place + 1) & (places.count - 1) }
            if places[place] < 0 {
                places[place] = Int32(representatives.count)
                representatives.append(row)
            }
            slots[Int(row)] = places[place]
        }
        self.slots = slots
        self.representatives = representatives
    }

    private static func hash(_ views: [(words: [UInt32], width: Int)], _ row: Int) -> Int {
        var hash: UInt64 = 0
        for (words, width) in views {
            for place in row * width..<(row + 1) * width {
                // Fibonacci hashing, its high bits folded down so that all words reach the low ones.
                hash = (hash ^ UInt64(words[place])) &* 0x9E37_79B9_7F4A_7C15
                hash ^= hash >> 29
            }
        }
        return Int(truncatingIfNeeded: hash >> 1)
    }

    private static func areEqual(_ views: [(words: [UInt32], width: Int)], _ row: Int, _ other: Int) -> Bool {
        views.allSatisfy { words, width in
            (0..<width).allSatisfy { words[row * width + $0] == words[other * width + $0] }
        }
    }

    private static func words(_ tensor: HostTensor, count: Int) -> (words: [UInt32], width: Int) {
        let words =
            switch tensor.elements {
            case .int32(let values): values.map { UInt32(bitPattern: $0) }
            case .float32(let values): values.map(\.bitPattern)
            }
        return (words, count == 0 ? 0 : words.count / count)
    }

    /// The rows of a column that slots stand for, in their order.
    func pick(_ column: HostTensor) -> HostTensor { column.picking(representatives) }
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
