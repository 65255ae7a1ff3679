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
    private var counted = RunRecord()

    init(_ prepared: OpenCLPreparedPlan, _ data: DatasetBindings) throws(OpenCLError) {
        self.prepared = prepared
        stream = try Stream(prepared.context, programs: prepared.programs)
        staging = Staging(prepared.plan)
        memory = try Memory(prepared, data, staging, on: stream)
    }

    /// Uploads the tables of the replicates that are run next.
    func bind(_ tables: [[Int32]]) throws(OpenCLError) { try memory.bind(tables, on: stream) }

    /// Runs the steps of one phase over `total` rows.
    ///
    /// - Returns: its roots, `[rows, axes]`.
    func roots(
        on phase: Rows, rows total: Int, _ progress: (RunProgress) -> Void
    ) throws(OpenCLError) -> [String: HostTensor] {
        let plan = prepared.plan
        var results = Results(plan, phase, rows: total)
        let size = phase == .dataset ? plan.chunks.dataset : plan.chunks.replicates
        if prepared.steps(on: phase).isEmpty || total == 0 { return results.roots }
        try memory.reserve(phase, rows: min(size, total), on: stream)
        var pending: Landing?
        func land() throws(OpenCLError) {
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
        for step in prepared.steps(on: chunk.phase) {
            counted.deviceSteps[step.name, default: 0] += 1
            if step.types.output.shape.count == 0 { continue }
            let call = Call(
                types: step.types, step: step.number, rows: chunk.rows, firstRow: chunk.start,
                inputs: step.inputs.map { memory.place($0, in: chunk) }, output: memory.place(step.output, in: chunk),
                kernels: step.kernels, positions: Operand(buffer: memory.positions, offset: step.positions, stride: 0),
                tables: memory.tables(in: chunk), status: memory.staging, scratch: memory.scratch)
            try step.operation.launch(call, on: stream)
        }
        for copy in memory.copies(chunk) { try stream.copy(copy.from, to: copy.to, count: copy.elements) }
        let elements = staging.elements(of: chunk.phase, rows: chunk.rows)
        let landing = try Landing(chunk, elements: elements, of: memory.staging, on: stream)
        counted.chunks[chunk.phase, default: 0] += 1
        counted.readBacksPerChunk = max(counted.readBacksPerChunk, stream.reads - readsBefore)
        return landing
    }
}
