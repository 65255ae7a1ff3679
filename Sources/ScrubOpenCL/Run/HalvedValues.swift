internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// What is kept in half precision, and the kernels that make it.
struct HalvedValues {
    /// Numbers of values.
    let values: Set<Int>
    /// The number in the stream of the kernel that moves single elements; the one that moves four comes next.
    let kernel: Int

    static let kernels = [1, 4].map { KernelSpec("halve", ["WIDE": $0]) }

    /// Of a plan those values that are kept and computed. What is bound stays as it is, and so does what is returned, or gathered
    /// to be measured: by a step whose result is returned.
    static func of(_ plan: Plan, _ storage: Storage) -> Set<Int> {
        if storage == .f32 { return [] }
        let roots = Set(plan.roots.map(\.value))
        let measured = roots.union(plan.steps.filter { roots.contains($0.output) }.flatMap(\.inputs))
        let picked = plan.steps.filter { measured.contains($0.output) }.flatMap { step in
            step.inputs.enumerated().filter { step.op.table(ofInput: $0.offset) != nil }.map(\.element)
        }
        let whole = measured.union(plan.inputs.map(\.value) + picked)
        return Set(plan.kept.filter { !whole.contains($0) && plan.values[$0].type.element == .float32 })
    }

    /// Words of 4 bytes that so many elements of a value take.
    func words(_ elements: Int, of value: Int) -> Int { values.contains(value) ? (elements + 1) / 2 : elements }

    /// Enqueues the rounding of a value's rows in a chunk.
    ///
    /// - Parameters:
    ///   - x: where they were computed.
    ///   - kept: where they are kept.
    ///   - count: elements of a row.
    func launch(
        _ x: Operand, to kept: Operand, rows: Int, count: Int, value: String, on stream: Stream
    ) throws(OpenCLError) {
        let isWide = [x.offset, kept.offset, count].allSatisfy { $0 % 4 == 0 }
        try stream.launch(
            kernel + (isWide ? 1 : 0), groups: stream.groups(rows: rows, count: count / (isWide ? 4 : 1)), value: value,
            [.place(x), .place(kept), .count(rows), .count(count)])
    }
}
