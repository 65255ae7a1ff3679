internal import Dispatch
internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan
internal import Synchronization

/// One run: memory for what outlives a block, weights packed, and both phases.
final class Run {
    private let program: Program
    private let memory = Memory()
    private var record = RunRecord()
    private var bound = Bound()
    /// By value: where bound, kept and returned values lie.
    private var addresses: [UnsafeMutableRawPointer?]
    private let rowCounts: [Rows: Int]
    private var copies: [(from: UnsafeMutableRawPointer, to: UnsafeMutableRawPointer, bytes: Int)] = []

    init(
        _ program: Program, _ bindings: Bindings, inputs: [UnsafeMutableRawPointer], tables: [UnsafeMutableRawPointer],
        roots: [UnsafeMutableRawPointer]
    ) throws {
        self.program = program
        let plan = program.plan
        rowCounts = [.dataset: bindings.datasetRows, .replicates: bindings.replicates]
        addresses = Array(repeating: nil, count: plan.values.count)
        for (input, pointer) in zip(plan.inputs, inputs) { addresses[input.value] = pointer }
        bound.tables = tables.map { UnsafePointer($0.assumingMemoryBound(to: Int32.self)) }
        for (root, pointer) in zip(plan.roots, roots) {
            let value = plan.values[root.value]
            let bytes = (rowCounts[value.rows] ?? 0) * value.type.bytes
            memory.count(bytes)
            // A value under several names is written under the first and copied at the end.
            if let address = addresses[root.value] {
                copies.append((address, pointer, bytes))
            } else {
                addresses[root.value] = pointer
            }
        }
        for value in plan.kept where addresses[value] == nil {
            addresses[value] = try memory.allocate(
                rowCounts[plan.values[value].rows] ?? 0, plan.values[value].type.shape.count)
        }
        try packWeights()
    }

    /// Packs each matrix of a linear step once, however many steps read it, and pads each bias to whole vectors.
    private func packWeights() throws {
        let (plan, lanes) = (program.plan, program.product.lanes)
        bound.panels = Array(repeating: nil, count: plan.values.count)
        bound.starts = Array(repeating: nil, count: plan.values.count)
        for step in plan.steps {
            guard case .linear = step.op, let source = addresses[step.inputs[1]] else { continue }
            let axes = plan.values[step.inputs[1]].type.shape.axes
            let (inner, columns) = (axes[0].count, axes[1].count)
            let padded = Panels.paddedColumns(columns, lanes)
            if bound.panels[step.inputs[1]] == nil {
                let base = try memory.allocate(inner, padded).assumingMemoryBound(to: Float.self)
                let panels = Panels(base, inner: inner, columns: columns, lanes: lanes)
                panels.pack(source.assumingMemoryBound(to: Float.self), stride: columns)
                bound.panels[step.inputs[1]] = panels
            }
            // A step without a bias starts from zeros, kept under its own output.
            let bias = step.inputs.count == 3 ? step.inputs[2] : step.output
            if bound.starts[bias] == nil {
                let base = try memory.allocate(1, padded).assumingMemoryBound(to: Float.self)
                base.update(repeating: 0, count: padded)
                if step.inputs.count == 3, let source = addresses[bias] {
                    base.update(from: source.assumingMemoryBound(to: Float.self), count: columns)
                }
                bound.starts[bias] = UnsafePointer(base)
            }
        }
    }

    /// Runs both phases.
    ///
    /// - Throws: `CPUError.indexOutOfRange` for the first block that meets one, `CPUError.outOfMemory`.
    func compute(_ progress: @Sendable (RunProgress) -> Void) throws -> RunRecord {
        for phase in program.phases { try compute(phase, progress) }
        for copy in copies { copy.to.copyMemory(from: copy.from, byteCount: copy.bytes) }
        record.peakBytes = memory.peakBytes
        return record
    }

    private func compute(_ phase: Phase, _ progress: @Sendable (RunProgress) -> Void) throws {
        let rows = rowCounts[phase.rows] ?? 0
        guard !phase.instructions.isEmpty, rows > 0 else { return }
        // Threads take blocks, which no chunk's boundary cuts; no value depends on how long they are.
        let chunkRows = min(phase.chunk, rows)
        let block = min(phase.block, (rows - 1) / program.threads + 1)
        let (chunks, blocksPerChunk) = ((rows - 1) / chunkRows + 1, (chunkRows - 1) / block + 1)
        let units = chunks * blocksPerChunk
        let workers = try (0..<min(program.threads, units)).map { _ in
            Worker(
                phase, block: block, bound, addresses, arena: try memory.allocate(block, phase.elementsPerRow),
                scratch: try memory.allocate(1, phase.scratch))
        }
        let next = Atomic(0)
        let finished = Mutex((open: Array(repeating: blocksPerChunk, count: chunks), chunks: 0))
        DispatchQueue.concurrentPerform(iterations: workers.count) { number in
            let worker = workers[number]
            while worker.failure == nil {
                let unit = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard unit < units else { return }
                let chunk = unit / blocksPerChunk
                let start = chunk * chunkRows
                let first = start + unit % blocksPerChunk * block
                let end = min(rows, start + chunkRows, first + block)
                if first < end { worker.run(first..<end, opensChunk: first == start) }
                finished.withLock { state in
                    state.open[chunk] -= 1
                    guard state.open[chunk] == 0 else { return }
                    state.chunks += 1
                    progress(RunProgress(phase: phase.rows, done: state.chunks, total: chunks))
                }
            }
        }
        if let failure = workers.compactMap(\.failure).min(by: { $0.row < $1.row }) { throw failure.error }
        record.chunks[phase.rows] = chunks
        for worker in workers { record.deviceSteps.merge(worker.steps, uniquingKeysWith: +) }
    }
}
