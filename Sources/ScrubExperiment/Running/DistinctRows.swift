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
    /// - Complexity: O(rows × bytes of the columns).
    init(_ columns: [HostTensor], count: Int, rows: some Sequence<Int32>) {
        let views = columns.map { Self.words($0, count: count) }
        var found: [[UInt32]: Int32] = [:]
        var slots = [Int32](repeating: -1, count: count)
        var representatives: [Int32] = []
        for row in rows {
            var key: [UInt32] = []
            for (words, width) in views { key += words[Int(row) * width..<(Int(row) + 1) * width] }
            if let slot = found[key] {
                slots[Int(row)] = slot
            } else {
                slots[Int(row)] = Int32(representatives.count)
                found[key] = Int32(representatives.count)
                representatives.append(row)
            }
        }
        self.slots = slots
        self.representatives = representatives
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
