internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// Whole roots of one phase, filled chunk by chunk.
struct Results {
    private let plan: Plan
    private let phase: Rows
    /// Elements as their bits, by value number: `[rows, axes]`.
    private var elements: [Int: [UInt32]] = [:]
    private var sizes: [Int: [Int]] = [:]

    init(_ plan: Plan, _ phase: Rows, rows: Int) {
        self.plan = plan
        self.phase = phase
        for root in plan.roots where plan.values[root.value].rows == phase {
            let value = plan.values[root.value]
            sizes[root.value] = [rows] + value.type.shape.axes.map(\.count)
            elements[root.value] = [UInt32](repeating: 0, count: rows * value.type.shape.count)
        }
    }

    /// Takes the roots of a chunk out of what was read back of it.
    ///
    /// - Throws: `OpenCLError.index` when a kernel met an index out of range; `BindingError.nothingDrawn`.
    mutating func take(_ landing: Landing, _ staging: Staging) throws {
        let (chunk, read) = (landing.chunk, try landing.elements())
        let status = read.prefix(Staging.statusElements).map { Int(Int32(bitPattern: $0)) }
        if status[0] > plan.steps.count {
            throw BindingError.nothingDrawn(plan.tables[status[0] - plan.steps.count - 1].key)
        }
        if status[0] != 0 {
            let value = plan.values[plan.steps[status[0] - 1].output].name
            throw OpenCLError.index(value: value, row: status[1], position: status[2], found: status[3])
        }
        for value in staging.values(of: chunk.phase) {
            guard let from = staging.offset(of: value, in: chunk.phase, rows: chunk.rows) else { continue }
            let count = plan.values[value].type.shape.count
            let target = chunk.start * count..<(chunk.start + chunk.rows) * count
            elements[value]?.replaceSubrange(target, with: read[from..<from + chunk.rows * count])
        }
    }

    /// By root name.
    var roots: [String: HostTensor] {
        var roots: [String: HostTensor] = [:]
        for root in plan.roots where plan.values[root.value].rows == phase {
            guard let (bits, sizes) = elements[root.value].flatMap({ bits in sizes[root.value].map { (bits, $0) } })
            else { continue }
            roots[root.name] =
                switch plan.values[root.value].type.element {
                case .float32: HostTensor(sizes, bits.map(Float.init(bitPattern:)))
                case .int32: HostTensor(sizes, bits.map(Int32.init(bitPattern:)))
                }
        }
        return roots
    }
}
