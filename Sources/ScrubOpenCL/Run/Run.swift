internal import ScrubCore
internal import ScrubOps
internal import ScrubPlan

/// One run of a prepared plan: its queue, its buffers, its results so far.
///
/// Chunks follow each other on one in-order queue. Each ends with one read of the staging region; the host waits for
/// a chunk only when it has enqueued the next, so that the device does not stand idle between them.
final class Run {
    private let prepared: OpenCLPreparedPlan
    private let stream: Stream
    private let staging: Staging
    private let memory: Memory
    /// The first replicate of those that are drawn here, and the seed; nil where tables are bound.
    private var drawn: (first: UInt64, seed: UInt64)?
    private var counted = RunRecord()

    init(_ prepared: OpenCLPreparedPlan, _ data: DatasetBindings) throws(OpenCLError) {
        self.prepared = prepared
        let drawing = try data.draws.map { (draws) throws(OpenCLError) in
            [try prepared.backend.program(Draws.spec(of: draws))]
        }
        stream = try Stream(prepared.context, programs: prepared.programs + (drawing ?? []))
        staging = Staging(prepared.launched)
        memory = try Memory(prepared, data, staging, on: stream)
    }

    /// Uploads the tables of the replicates that are run next.
    func bind(_ tables: [[Int32]]) throws(OpenCLError) {
        drawn = nil
        try memory.bind(tables, on: stream)
    }

    /// Has the replicates that are run next drawn, chunk by chunk.
    func bind(drawing replicates: Range<Int>, seed: UInt64) throws {
        if memory.draws == nil { throw BindingError.noDraws }
        drawn = (UInt64(clamping: replicates.lowerBound), seed)
    }

    /// Runs the steps of one phase over `total` rows.
    ///
    /// - Returns: its roots, `[rows, axes]`.
    func roots(
        on phase: Rows, rows total: Int, _ progress: (RunProgress) -> Void
    ) throws -> [String: HostTensor] {
        let plan = prepared.launched
        var results = Results(plan, phase, rows: total)
        let size = phase == .dataset ? plan.chunks.dataset : plan.chunks.replicates
        if prepared.steps(on: phase).isEmpty || total == 0 { return results.roots }
        try memory.reserve(phase, rows: min(size, total), draws: drawn != nil, on: stream)
        var pending: Landing?
        func land() throws {
            guard let landed = pending else { return }
            try results.take(landed, staging)
            progress(RunProgress(phase: phase, done: landed.chunk.start + landed.chunk.rows, total: total))
        }
        for start in stride(from: 0, to: total, by: size) {
            let enqueued = try enqueue(Chunk(phase: phase, start: start, rows: min(size, total - start)))
            try land()
            pending = enqueued
        }
        try land()
        return results.roots
    }

    /// What was done so far.
    var record: RunRecord {
        var record = counted
        record.kernelLaunches = stream.launches
        record.peakBytes = memory.peakBytes
        return record
    }

    /// Enqueues every step of a chunk and the one read of its roots. Waits for nothing.
    private func enqueue(_ chunk: Chunk) throws(OpenCLError) -> Landing {
        let readsBefore = stream.reads
        if chunk.phase == .replicates, let drawn, let draws = memory.draws {
            try draws.launch(
                chunk.rows, from: drawn.first + UInt64(chunk.start), seed: drawn.seed, firstRow: chunk.start,
                status: memory.staging, on: stream)
        }
        for step in prepared.steps(on: chunk.phase) {
            for name in step.names { counted.deviceSteps[name, default: 0] += 1 }
            if step.types.output.shape.count == 0 { continue }
            let call = Call(
                types: step.types, step: step.number, rows: chunk.rows, firstRow: chunk.start,
                inputs: step.inputs.map { memory.place($0, in: chunk) }, output: memory.place(step.output, in: chunk),
                kernels: step.kernels, positions: Operand(buffer: memory.positions, offset: step.positions, stride: 0),
                tables: memory.tables(in: chunk, drawn: drawn != nil), status: memory.staging, scratch: memory.scratch)
            try step.operation.launch(call, on: stream)
            if let kept = memory.halvedPlace(step.output, in: chunk) {
                try prepared.halved.launch(
                    call.output, to: kept, rows: chunk.rows, count: call.count, value: step.types.name, on: stream)
            }
        }
        for copy in memory.copies(chunk) { try stream.copy(copy.from, to: copy.to, count: copy.elements) }
        let elements = staging.elements(of: chunk.phase, rows: chunk.rows)
        let landing = try Landing(chunk, elements: elements, of: memory.staging, on: stream)
        counted.chunks[chunk.phase, default: 0] += 1
        counted.readBacksPerChunk = max(counted.readBacksPerChunk, stream.reads - readsBefore)
        return landing
    }
}
